import {
  array,
  boolean,
  constant,
  int16,
  int32,
  int64,
  nullableString,
  since,
  string,
  struct,
} from "../wire/field-type.ts";
import { defineApi } from "./api.ts";

export const initProducerIdApi = defineApi({
  key: 22,
  name: "InitProducerId",
  versionMin: 0,
  versionMax: 4,
  flexibleFrom: 2,
  request: struct({
    transactionalId: nullableString,
    transactionTimeoutMs: int32,
    producerId: since(3, int64, -1),
    producerEpoch: since(3, int16, -1),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0),
    errorCode: int16,
    producerId: int64,
    producerEpoch: int16,
  }),
});

export const addPartitionsToTxnApi = defineApi({
  key: 24,
  name: "AddPartitionsToTxn",
  versionMin: 0,
  versionMax: 3,
  flexibleFrom: 3,
  request: struct({
    transactionalId: string,
    producerId: int64,
    producerEpoch: int16,
    topics: array(struct({ name: string, partitions: array(int32) })),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0),
    results: array(struct({ name: string, partitions: array(struct({ partitionIndex: int32, errorCode: int16 })) })),
  }),
});

export const addOffsetsToTxnApi = defineApi({
  key: 25,
  name: "AddOffsetsToTxn",
  versionMin: 0,
  versionMax: 3,
  flexibleFrom: 3,
  request: struct({ transactionalId: string, producerId: int64, producerEpoch: int16, groupId: string }),
  response: struct({ throttleTimeMs: constant(int32, 0), errorCode: int16 }),
});

export const endTxnApi = defineApi({
  key: 26,
  name: "EndTxn",
  versionMin: 0,
  versionMax: 3,
  flexibleFrom: 3,
  request: struct({ transactionalId: string, producerId: int64, producerEpoch: int16, committed: boolean }),
  response: struct({ throttleTimeMs: constant(int32, 0), errorCode: int16 }),
});
