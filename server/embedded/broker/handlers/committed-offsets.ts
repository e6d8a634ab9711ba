import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { offsetCommitApi, offsetFetchApi } from "../protocol/offsets.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { guardStorage } from "./guard-storage.ts";

/** How far consumer groups have come. */
export function createCommittedOffsetHandlers({ topics, groups, transactions, logger }: BrokerParts): BoundApi[] {
  const committedOf = (
    { groupId, topics: asked }: { groupId: string; topics: { name: string; partitionIndexes: number[] }[] | null },
    requireStable: boolean,
  ) => {
    const wanted = asked ?? groupByTopic(groups.offsets.allOf(groupId));
    return wanted.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => {
        if (requireStable && transactions.isUnstable(groupId, { topic: name, partition: partitionIndex })) {
          return { partitionIndex, committedOffset: -1, metadata: "", errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT };
        }
        const { offset = -1, metadata = "" } = groups.offsets.get(groupId, name, partitionIndex) ?? {};
        return { partitionIndex, committedOffset: offset, metadata, errorCode: ErrorCode.NONE };
      }),
    }));
  };

  return [
    bindApi(offsetCommitApi, ({ groupId, memberId, generationId, topics: asked }) => {
      const exists = (topic: string, partition: number) => topics.partition(topic, partition) !== undefined;
      const errorCode = guardStorage(logger, () => {
        const refusal = groups.checkCommit(groupId, memberId, generationId);
        if (refusal !== ErrorCode.NONE) return refusal;
        const offsets = asked.flatMap(({ name, partitions }) =>
          partitions
            .filter(({ partitionIndex }) => exists(name, partitionIndex))
            .map(({ partitionIndex, committedOffset, committedMetadata }) => ({
              topic: name,
              partition: partitionIndex,
              offset: committedOffset,
              metadata: committedMetadata,
            })),
        );
        groups.offsets.commit(groupId, offsets);
        return ErrorCode.NONE;
      });
      return {
        topics: asked.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex }) => ({
            partitionIndex,
            errorCode: exists(name, partitionIndex) ? errorCode : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
          })),
        })),
      };
    }),

    bindApi(offsetFetchApi, (request, { versionNumber }) => ({
      // From version 8 on a request asks for several groups at once.
      topics: versionNumber < 8 ? committedOf(request, request.requireStable) : [],
      errorCode: ErrorCode.NONE,
      groups: request.groups.map((asked) => ({
        groupId: asked.groupId,
        topics: committedOf(asked, request.requireStable),
        errorCode: ErrorCode.NONE,
      })),
    })),
  ];
}

function groupByTopic(offsets: readonly { topic: string; partition: number }[]) {
  const partitionsByTopic = new Map<string, number[]>();
  for (const { topic, partition } of offsets) {
    partitionsByTopic.set(topic, [...(partitionsByTopic.get(topic) ?? []), partition]);
  }
  return [...partitionsByTopic].map(([name, partitionIndexes]) => ({ name, partitionIndexes }));
}
