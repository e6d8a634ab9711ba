import {
  array,
  boolean,
  bytes,
  constant,
  int16,
  int32,
  nullableString,
  since,
  string,
  struct,
  until,
} from "../wire/field-type.ts";
import { defineApi } from "./api.ts";

export const joinGroupApi = defineApi({
  key: 11,
  name: "JoinGroup",
  versionMin: 0,
  versionMax: 7,
  flexibleFrom: 6,
  request: struct({
    groupId: string,
    sessionTimeoutMs: int32,
    rebalanceTimeoutMs: since(1, int32, -1),
    memberId: string,
    groupInstanceId: since(5, nullableString, null),
    protocolType: string,
    protocols: array(struct({ name: string, metadata: bytes })),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 2),
    errorCode: int16,
    generationId: int32,
    protocolType: since(7, nullableString, null),
    protocolName: nullableString,
    leader: string,
    memberId: string,
    members: array(struct({ memberId: string, groupInstanceId: constant(nullableString, null, 5), metadata: bytes })),
  }),
});

export const syncGroupApi = defineApi({
  key: 14,
  name: "SyncGroup",
  versionMin: 0,
  versionMax: 5,
  flexibleFrom: 4,
  request: struct({
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: since(3, nullableString, null),
    protocolType: since(5, nullableString, null),
    protocolName: since(5, nullableString, null),
    assignments: array(struct({ memberId: string, assignment: bytes })),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 1),
    errorCode: int16,
    protocolType: since(5, nullableString, null),
    protocolName: since(5, nullableString, null),
    assignment: bytes,
  }),
});

export const heartbeatApi = defineApi({
  key: 12,
  name: "Heartbeat",
  versionMin: 0,
  versionMax: 4,
  flexibleFrom: 4,
  request: struct({
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: since(3, nullableString, null),
  }),
  response: struct({ throttleTimeMs: constant(int32, 0, 1), errorCode: int16 }),
});

export const leaveGroupApi = defineApi({
  key: 13,
  name: "LeaveGroup",
  versionMin: 0,
  versionMax: 4,
  flexibleFrom: 4,
  request: struct({
    groupId: string,
    memberId: until(2, string, ""),
    members: since(3, array(struct({ memberId: string, groupInstanceId: nullableString })), []),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 1),
    errorCode: int16,
    members: since(3, array(struct({ memberId: string, groupInstanceId: nullableString, errorCode: int16 })), []),
  }),
});

export const describeGroupsApi = defineApi({
  key: 15,
  name: "DescribeGroups",
  versionMin: 0,
  versionMax: 5,
  flexibleFrom: 5,
  request: struct({ groups: array(string), includeAuthorizedOperations: since(3, boolean, false) }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 1),
    groups: array(
      struct({
        errorCode: constant(int16, 0),
        groupId: string,
        groupState: string,
        protocolType: string,
        protocolData: string,
        members: array(
          struct({
            memberId: string,
            groupInstanceId: constant(nullableString, null, 4),
            clientId: string,
            clientHost: string,
            memberMetadata: bytes,
            memberAssignment: bytes,
          }),
        ),
        authorizedOperations: constant(int32, -(2 ** 31), 3),
      }),
    ),
  }),
});

export const listGroupsApi = defineApi({
  key: 16,
  name: "ListGroups",
  versionMin: 0,
  versionMax: 4,
  flexibleFrom: 3,
  request: struct({ statesFilter: since(4, array(string), []) }),
  response: struct({
    throttleTimeMs: constant(int32, 0, 1),
    errorCode: constant(int16, 0),
    groups: array(struct({ groupId: string, protocolType: string, groupState: since(4, string, "") })),
  }),
});

export const deleteGroupsApi = defineApi({
  key: 42,
  name: "DeleteGroups",
  versionMin: 0,
  versionMax: 2,
  flexibleFrom: 2,
  request: struct({ groupsNames: array(string) }),
  response: struct({
    throttleTimeMs: constant(int32, 0),
    results: array(struct({ groupId: string, errorCode: int16 })),
  }),
});
