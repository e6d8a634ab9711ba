import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP, listOffsetsApi } from "../protocol/offsets.ts";
import type { BrokerParts } from "./broker-parts.ts";

const READ_COMMITTED = 1;

/** Where the records of a partition begin, end, or reach a time. */
export function createListOffsetsHandlers({ topics }: BrokerParts): BoundApi[] {
  const find = (topic: string, partition: number, timestampMs: number, isCommittedOnly: boolean) => {
    const log = topics.partition(topic, partition);
    if (!log) return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, timestamp: -1, offset: -1 };
    const found = { errorCode: ErrorCode.NONE, timestamp: -1 };
    if (timestampMs === EARLIEST_TIMESTAMP) return { ...found, offset: log.startOffset };
    if (timestampMs === LATEST_TIMESTAMP) {
      return { ...found, offset: isCommittedOnly ? log.lastStableOffset : log.endOffset };
    }
    const record = log.findByTime(timestampMs);
    return { ...found, timestamp: record?.timestampMs ?? -1, offset: record?.offset ?? -1 };
  };

  return [
    bindApi(listOffsetsApi, (request) => ({
      topics: request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) => ({
          partitionIndex,
          ...find(name, partitionIndex, timestamp, request.isolationLevel === READ_COMMITTED),
        })),
      })),
    })),
  ];
}
