import {
  array,
  boolean,
  constant,
  int8,
  int16,
  int32,
  int64,
  nullableArray,
  nullableString,
  since,
  string,
  struct,
  until,
  uuid,
} from "../wire/field-type.ts";
import { defineApi } from "./api.ts";

export const createTopicsApi = defineApi({
  key: 19,
  name: "CreateTopics",
  versionMin: 0,
  versionMax: 7,
  flexibleFrom: 5,
  request: struct({
    topics: array(
      struct({
        name: string,
        numPartitions: int32,
        replicationFactor: int16,
        assignments: array(struct({ partitionIndex: int32, brokerIds: array(int32) })),
        configs: array(struct({ name: string, value: nullableString })),
      }),
    ),
    timeoutMs: int32,
    validateOnly: since(1, boolean, false),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 2),
    topics: array(
      struct({
        name: string,
        topicId: since(7, uuid, Buffer.alloc(16)),
        errorCode: int16,
        errorMessage: since(1, nullableString, null),
        numPartitions: since(5, int32, -1),
        replicationFactor: constant(int16, 1, 5),
        configs: constant(
          nullableArray(
            struct({
              name: string,
              value: nullableString,
              readOnly: boolean,
              configSource: int8,
              isSensitive: boolean,
            }),
          ),
          [],
          5,
        ),
      }),
    ),
  }),
});

export const deleteTopicsApi = defineApi({
  key: 20,
  name: "DeleteTopics",
  versionMin: 0,
  versionMax: 6,
  flexibleFrom: 4,
  request: struct({
    topics: since(6, array(struct({ name: nullableString, topicId: uuid })), []),
    topicNames: until(5, array(string), []),
    timeoutMs: int32,
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 1),
    responses: array(
      struct({
        name: nullableString,
        topicId: since(6, uuid, Buffer.alloc(16)),
        errorCode: int16,
        errorMessage: constant(nullableString, null, 5),
      }),
    ),
  }),
});

export const deleteRecordsApi = defineApi({
  key: 21,
  name: "DeleteRecords",
  versionMin: 0,
  versionMax: 2,
  flexibleFrom: 2,
  request: struct({
    topics: array(struct({ name: string, partitions: array(struct({ partitionIndex: int32, offset: int64 })) })),
    timeoutMs: int32,
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(struct({ partitionIndex: int32, lowWatermark: int64, errorCode: int16 })),
      }),
    ),
  }),
});

export const createPartitionsApi = defineApi({
  key: 37,
  name: "CreatePartitions",
  versionMin: 0,
  versionMax: 3,
  flexibleFrom: 2,
  request: struct({
    topics: array(
      struct({ name: string, count: int32, assignments: nullableArray(struct({ brokerIds: array(int32) })) }),
    ),
    timeoutMs: int32,
    validateOnly: boolean,
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0),
    results: array(struct({ name: string, errorCode: int16, errorMessage: nullableString })),
  }),
});
