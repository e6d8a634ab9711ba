import {
  array,
  constant,
  int8,
  int16,
  int32,
  int64,
  nullableArray,
  nullableBytes,
  since,
  string,
  struct,
} from "../wire/field-type.ts";
import { defineApi } from "./api.ts";

export const fetchApi = defineApi({
  key: 1,
  name: "Fetch",
  versionMin: 4,
  versionMax: 12,
  flexibleFrom: 12,
  request: struct({
    replicaId: int32,
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32,
    isolationLevel: int8,
    sessionId: since(7, int32, 0),
    sessionEpoch: since(7, int32, -1),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partition: int32,
            currentLeaderEpoch: since(9, int32, -1),
            fetchOffset: int64,
            lastFetchedEpoch: since(12, int32, -1),
            logStartOffset: since(5, int64, -1),
            partitionMaxBytes: int32,
          }),
        ),
      }),
    ),
    forgottenTopics: since(7, array(struct({ name: string, partitions: array(int32) })), []),
    rackId: since(11, string, ""),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0),
    errorCode: constant(int16, 0, 7),
    // Session 0: there are no fetch sessions, each request names all its partitions.
    sessionId: constant(int32, 0, 7),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partition: int32,
            errorCode: int16,
            highWatermark: int64,
            lastStableOffset: int64,
            logStartOffset: since(5, int64, -1),
            abortedTransactions: nullableArray(struct({ producerId: int64, firstOffset: int64 })),
            preferredReadReplica: constant(int32, -1, 11),
            records: nullableBytes,
          }),
        ),
      }),
    ),
  }),
});
