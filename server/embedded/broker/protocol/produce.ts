import {
  array,
  constant,
  int16,
  int32,
  int64,
  nullableBytes,
  nullableString,
  since,
  string,
  struct,
} from "../wire/field-type.ts";
import { defineApi } from "./api.ts";

export const produceApi = defineApi({
  key: 0,
  name: "Produce",
  versionMin: 3,
  versionMax: 9,
  flexibleFrom: 9,
  request: struct({
    transactionalId: nullableString,
    acks: int16,
    timeoutMs: int32,
    topics: array(struct({ name: string, partitions: array(struct({ index: int32, records: nullableBytes })) })),
  }),
  response: struct({
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            index: int32,
            errorCode: int16,
            baseOffset: int64,
            logAppendTimeMs: int64,
            logStartOffset: since(5, int64, -1),
            recordErrors: constant(array(struct({ batchIndex: int32, message: nullableString })), [], 8),
            errorMessage: constant(nullableString, null, 8),
          }),
        ),
      }),
    ),
    throttleTimeMs: constant(int32, 0),
  }),
});
