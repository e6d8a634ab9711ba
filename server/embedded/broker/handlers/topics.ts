import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { createTopicsApi, deleteTopicsApi } from "../protocol/topics.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { createTopic } from "./create-topic.ts";
import { guardStorage } from "./guard-storage.ts";

const NO_ID = Buffer.alloc(16);
const BROKER_DEFAULT = -1;

export function createTopicHandlers(parts: BrokerParts): BoundApi[] {
  const { topics, groups, logger } = parts;

  const deleteTopic = (name: string): ErrorCode => {
    const topic = topics.get(name);
    if (!topic) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    return guardStorage(logger, () => {
      topics.delete(topic);
      groups.offsets.removeTopic(name);
      return ErrorCode.NONE;
    });
  };
  const nameOf = ({ name, topicId }: { name: string | null; topicId: Buffer }) =>
    name ?? topics.all.find(({ id }) => toBytes(id).equals(topicId))?.name ?? null;

  return [
    bindApi(createTopicsApi, (request) => ({
      topics: request.topics.map(({ name, numPartitions, replicationFactor, assignments, configs }) => {
        const asked = numPartitions === BROKER_DEFAULT ? parts.defaultPartitionCount : numPartitions;
        const partitionCount = assignments.length > 0 ? assignments.length : asked;
        if (replicationFactor > 1) {
          const errorMessage = "a single-node development broker keeps one replica";
          const errorCode = ErrorCode.INVALID_REPLICATION_FACTOR;
          return { name, topicId: NO_ID, errorCode, errorMessage, numPartitions: -1 };
        }
        const wish = { name, partitionCount, configs, isDryRun: request.validateOnly };
        const { errorCode, errorMessage, topic } = createTopic(parts, wish);
        const topicId = topic ? toBytes(topic.id) : NO_ID;
        return { name, topicId, errorCode, errorMessage, numPartitions: partitionCount };
      }),
    })),

    bindApi(deleteTopicsApi, ({ topics: asked, topicNames }) => ({
      responses: [
        ...topicNames.map((name) => ({ name, topicId: NO_ID, errorCode: deleteTopic(name) })),
        ...asked.map((topic) => {
          const name = nameOf(topic);
          return { name, topicId: topic.topicId, errorCode: deleteTopic(name ?? "") };
        }),
      ],
    })),
  ];
}

function toBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}
