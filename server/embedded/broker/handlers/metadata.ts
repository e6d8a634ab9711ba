import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { findCoordinatorApi, metadataApi } from "../protocol/metadata.ts";
import { type BrokerParts, NODE_ID } from "./broker-parts.ts";
import { createTopic } from "./create-topic.ts";

const CLUSTER_ID = "wheelhouse-embedded";

export function createMetadataHandlers(parts: BrokerParts): BoundApi[] {
  const { topics, address } = parts;

  const describe = (name: string, mayCreate: boolean) => {
    const errorCode = topics.get(name) ? ErrorCode.NONE : createOnDemand(name, mayCreate);
    const partitions = (topics.get(name)?.partitions ?? []).map((_, partitionIndex) => ({
      partitionIndex,
      leaderId: NODE_ID,
      replicaNodes: [NODE_ID],
      isrNodes: [NODE_ID],
    }));
    return { errorCode, name, partitions };
  };
  const createOnDemand = (name: string, mayCreate: boolean): ErrorCode => {
    if (!mayCreate || !parts.autoCreateTopics) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    return createTopic(parts, { name, partitionCount: parts.defaultPartitionCount, configs: [] }).errorCode;
  };

  return [
    bindApi(metadataApi, (request, { versionNumber }) => {
      // Before version 1 there was no null, so an empty list meant all topics.
      const wantsAll = request.topics === null || (versionNumber === 0 && request.topics.length === 0);
      const names = wantsAll ? topics.all.map(({ name }) => name) : (request.topics ?? []).map(({ name }) => name);
      return {
        brokers: [{ nodeId: NODE_ID, ...address() }],
        clusterId: CLUSTER_ID,
        controllerId: NODE_ID,
        topics: names.map((name) => describe(name, request.allowAutoTopicCreation)),
      };
    }),

    bindApi(findCoordinatorApi, ({ coordinatorKeys }) => {
      const coordinator = { nodeId: NODE_ID, ...address() };
      return {
        ...coordinator,
        errorCode: ErrorCode.NONE,
        errorMessage: null,
        coordinators: coordinatorKeys.map((key) => ({ key, ...coordinator })),
      };
    }),
  ];
}
