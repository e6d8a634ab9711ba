import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { createPartitionsApi, deleteRecordsApi } from "../protocol/topics.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { PARTITIONS_MAX } from "./create-topic.ts";
import { guardStorage } from "./guard-storage.ts";

/** `DeleteRecords` up to wherever the partition ends. */
const HIGH_WATERMARK = -1;

export function createPartitionHandlers({ topics, logger }: BrokerParts): BoundApi[] {
  const trim = (log: PartitionLog, offset: number): ErrorCode => {
    const target = offset === HIGH_WATERMARK ? log.endOffset : offset;
    if (target < 0 || target > log.endOffset) return ErrorCode.OFFSET_OUT_OF_RANGE;
    return guardStorage(logger, () => {
      log.trim(target);
      return ErrorCode.NONE;
    });
  };

  return [
    bindApi(deleteRecordsApi, (request) => ({
      topics: request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex, offset }) => {
          const log = topics.partition(name, partitionIndex);
          const errorCode = log ? trim(log, offset) : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
          return { partitionIndex, lowWatermark: log?.startOffset ?? -1, errorCode };
        }),
      })),
    })),

    bindApi(createPartitionsApi, (request) => ({
      results: request.topics.map(({ name, count }) => {
        const topic = topics.get(name);
        if (!topic) return { name, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null };
        const addedCount = count - topic.partitions.length;
        if (addedCount <= 0 || topics.partitionCount + addedCount > PARTITIONS_MAX) {
          const errorMessage = `${name} has ${topic.partitions.length} partitions and cannot have ${count}`;
          return { name, errorCode: ErrorCode.INVALID_PARTITIONS, errorMessage };
        }
        const errorCode = guardStorage(logger, () => {
          if (!request.validateOnly) topics.addPartitions(topic, count);
          return ErrorCode.NONE;
        });
        return { name, errorCode, errorMessage: null };
      }),
    })),
  ];
}
