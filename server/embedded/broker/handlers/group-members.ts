import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { heartbeatApi, joinGroupApi, leaveGroupApi, syncGroupApi } from "../protocol/groups.ts";
import type { BrokerParts } from "./broker-parts.ts";

const TIMEOUT_MS_MAX = 30 * 60_000;
/** From this version on a member is given its id before it joins. */
const KNOWN_ID_VERSION = 4;
const SEVERAL_LEAVE_VERSION = 3;

/** What the members of a group ask for. */
export function createGroupMemberHandlers({ groups }: BrokerParts): BoundApi[] {
  return [
    bindApi(joinGroupApi, (request, { versionNumber, clientId, clientHost }) => {
      const { groupId, memberId, sessionTimeoutMs, protocolType } = request;
      const rebalanceTimeoutMs = request.rebalanceTimeoutMs < 0 ? sessionTimeoutMs : request.rebalanceTimeoutMs;
      const errorCode = checkJoin(groupId, sessionTimeoutMs);
      if (errorCode !== ErrorCode.NONE) return refuseJoin(errorCode, memberId);
      return groups.getOrCreate(groupId).join({
        memberId,
        clientId,
        clientHost,
        sessionTimeoutMs,
        rebalanceTimeoutMs: Math.min(rebalanceTimeoutMs, TIMEOUT_MS_MAX),
        protocolType,
        // Kept for the life of the group, so it must not hold on to the whole request.
        protocols: request.protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })),
        needsKnownId: versionNumber >= KNOWN_ID_VERSION,
      });
    }),

    bindApi(syncGroupApi, (request) => {
      const group = groups.get(request.groupId);
      if (group) return group.sync(request);
      const nothing = { protocolType: null, protocolName: null, assignment: Buffer.alloc(0) };
      return { errorCode: ErrorCode.UNKNOWN_MEMBER_ID, ...nothing };
    }),

    bindApi(heartbeatApi, ({ groupId, memberId, generationId }) => ({
      errorCode: groups.get(groupId)?.heartbeat(memberId, generationId) ?? ErrorCode.UNKNOWN_MEMBER_ID,
    })),

    bindApi(leaveGroupApi, (request, { versionNumber }) => {
      const leave = (memberId: string) => groups.get(request.groupId)?.leave(memberId) ?? ErrorCode.UNKNOWN_MEMBER_ID;
      if (versionNumber < SEVERAL_LEAVE_VERSION) return { errorCode: leave(request.memberId), members: [] };
      const members = request.members.map((member) => ({ ...member, errorCode: leave(member.memberId) }));
      return { errorCode: ErrorCode.NONE, members };
    }),
  ];
}

function checkJoin(groupId: string, sessionTimeoutMs: number): ErrorCode {
  if (groupId === "") return ErrorCode.INVALID_GROUP_ID;
  const isInRange = sessionTimeoutMs > 0 && sessionTimeoutMs <= TIMEOUT_MS_MAX;
  return isInRange ? ErrorCode.NONE : ErrorCode.INVALID_SESSION_TIMEOUT;
}

function refuseJoin(errorCode: ErrorCode, memberId: string) {
  return { errorCode, generationId: -1, protocolType: null, protocolName: "", leader: "", memberId, members: [] };
}
