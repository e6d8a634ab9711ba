import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import { deleteGroupsApi, describeGroupsApi, listGroupsApi } from "../protocol/groups.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { guardStorage } from "./guard-storage.ts";

/** What someone who looks after the groups asks for. */
export function createGroupAdminHandlers({ groups, logger }: BrokerParts): BoundApi[] {
  return [
    bindApi(describeGroupsApi, ({ groups: groupIds }) => ({
      groups: groupIds.map((groupId) => {
        const group = groups.get(groupId);
        return {
          groupId,
          groupState: group?.state ?? (groups.offsets.has(groupId) ? "Empty" : "Dead"),
          protocolType: group?.protocolType ?? "",
          protocolData: group?.protocolName ?? "",
          members: (group?.members ?? []).map((member) => ({
            memberId: member.id,
            clientId: member.clientId,
            clientHost: member.clientHost,
            memberMetadata: member.metadataFor(group?.protocolName ?? ""),
            memberAssignment: member.assignment,
          })),
        };
      }),
    })),

    bindApi(listGroupsApi, ({ statesFilter }) => ({
      groups: groups
        .list()
        .filter(({ state }) => statesFilter.length === 0 || statesFilter.includes(state))
        .map(({ groupId, protocolType, state }) => ({ groupId, protocolType, groupState: state })),
    })),

    bindApi(deleteGroupsApi, ({ groupsNames }) => ({
      results: groupsNames.map((groupId) => ({
        groupId,
        errorCode: guardStorage(logger, () => groups.delete(groupId)),
      })),
    })),
  ];
}
