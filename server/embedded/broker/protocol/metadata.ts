import {
  array,
  boolean,
  constant,
  int8,
  int16,
  int32,
  nullableArray,
  nullableString,
  since,
  string,
  struct,
  until,
} from "../wire/field-type.ts";
import { defineApi } from "./api.ts";

/** What a broker answers that does not compute which operations a client is authorised for. */
const OPERATIONS_UNKNOWN = -(2 ** 31);

export const metadataApi = defineApi({
  key: 3,
  name: "Metadata",
  versionMin: 0,
  versionMax: 9,
  flexibleFrom: 9,
  request: struct({
    topics: nullableArray(struct({ name: string })),
    allowAutoTopicCreation: since(4, boolean, true),
    includeClusterAuthorizedOperations: since(8, boolean, false),
    includeTopicAuthorizedOperations: since(8, boolean, false),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 3),
    brokers: array(struct({ nodeId: int32, host: string, port: int32, rack: constant(nullableString, null, 1) })),
    clusterId: since(2, nullableString, null),
    controllerId: since(1, int32, -1),
    topics: array(
      struct({
        errorCode: int16,
        name: string,
        isInternal: constant(boolean, false, 1),
        partitions: array(
          struct({
            errorCode: constant(int16, 0),
            partitionIndex: int32,
            leaderId: int32,
            leaderEpoch: constant(int32, 0, 7),
            replicaNodes: array(int32),
            isrNodes: array(int32),
            offlineReplicas: constant(array(int32), [], 5),
          }),
        ),
        topicAuthorizedOperations: constant(int32, OPERATIONS_UNKNOWN, 8),
      }),
    ),
    clusterAuthorizedOperations: constant(int32, OPERATIONS_UNKNOWN, 8),
  }),
});

/** A group or transaction coordinator: on a single node always this broker. */
const coordinatorFields = { nodeId: int32, host: string, port: int32 };

export const findCoordinatorApi = defineApi({
  key: 10,
  name: "FindCoordinator",
  versionMin: 0,
  versionMax: 4,
  flexibleFrom: 3,
  request: struct({
    key: until(3, string, ""),
    keyType: since(1, int8, 0),
    coordinatorKeys: since(4, array(string), []),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 1),
    errorCode: until(3, int16, 0),
    errorMessage: since(1, nullableString, null, 3),
    nodeId: until(3, coordinatorFields.nodeId, -1),
    host: until(3, coordinatorFields.host, ""),
    port: until(3, coordinatorFields.port, -1),
    coordinators: since(
      4,
      array(
        struct({
          key: string,
          ...coordinatorFields,
          errorCode: constant(int16, 0),
          errorMessage: constant(nullableString, null),
        }),
      ),
      [],
    ),
  }),
});
