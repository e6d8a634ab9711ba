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
} from "../wire/field-type.ts";
import { defineApi } from "./api.ts";

/** Stand-ins for a time in a `ListOffsets` request. */
export const LATEST_TIMESTAMP = -1;
export const EARLIEST_TIMESTAMP = -2;

export const listOffsetsApi = defineApi({
  key: 2,
  name: "ListOffsets",
  versionMin: 1,
  versionMax: 6,
  flexibleFrom: 6,
  request: struct({
    replicaId: int32,
    isolationLevel: since(2, int8, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(struct({ partitionIndex: int32, currentLeaderEpoch: since(4, int32, -1), timestamp: int64 })),
      }),
    ),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 2),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            errorCode: int16,
            timestamp: int64,
            offset: int64,
            leaderEpoch: constant(int32, 0, 4),
          }),
        ),
      }),
    ),
  }),
});

const partitionErrors = array(
  struct({ name: string, partitions: array(struct({ partitionIndex: int32, errorCode: int16 })) }),
);

export const offsetCommitApi = defineApi({
  key: 8,
  name: "OffsetCommit",
  versionMin: 2,
  versionMax: 8,
  flexibleFrom: 8,
  request: struct({
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: since(7, nullableString, null),
    retentionTimeMs: since(2, int64, -1, 4),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            committedOffset: int64,
            committedLeaderEpoch: since(6, int32, -1),
            committedMetadata: nullableString,
          }),
        ),
      }),
    ),
  }),
  response: struct({ throttleTimeMs: constant(int32, 0, 3), topics: partitionErrors }),
});

const requestedOffsets = nullableArray(struct({ name: string, partitionIndexes: array(int32) }));
const committedOffsets = array(
  struct({
    name: string,
    partitions: array(
      struct({
        partitionIndex: int32,
        committedOffset: int64,
        committedLeaderEpoch: constant(int32, -1, 5),
        metadata: nullableString,
        errorCode: int16,
      }),
    ),
  }),
);

export const offsetFetchApi = defineApi({
  key: 9,
  name: "OffsetFetch",
  versionMin: 1,
  versionMax: 8,
  flexibleFrom: 6,
  request: struct({
    groupId: until(7, string, ""),
    topics: until(7, requestedOffsets, null),
    groups: since(8, array(struct({ groupId: string, topics: requestedOffsets })), []),
    requireStable: since(7, boolean, false),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 3),
    topics: until(7, committedOffsets, []),
    errorCode: since(2, int16, 0, 7),
    groups: since(8, array(struct({ groupId: string, topics: committedOffsets, errorCode: int16 })), []),
  }),
});

export const txnOffsetCommitApi = defineApi({
  key: 28,
  name: "TxnOffsetCommit",
  versionMin: 0,
  versionMax: 3,
  flexibleFrom: 3,
  request: struct({
    transactionalId: string,
    groupId: string,
    producerId: int64,
    producerEpoch: int16,
    generationId: since(3, int32, -1),
    memberId: since(3, string, ""),
    groupInstanceId: since(3, nullableString, null),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            committedOffset: int64,
            committedLeaderEpoch: since(2, int32, -1),
            committedMetadata: nullableString,
          }),
        ),
      }),
    ),
  }),
  response: struct({ throttleTimeMs: constant(int32, 0), topics: partitionErrors }),
});
