import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import type { AppendResult } from "../log/partition-log.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { produceApi } from "../protocol/produce.ts";
import type { BrokerParts } from "./broker-parts.ts";

const isValidAcks = (acks: number) => acks >= -1 && acks <= 1;

export function createProduceHandlers({ topics, transactions }: BrokerParts): BoundApi[] {
  const append = (
    request: { transactionalId: string | null; acks: number },
    topic: string,
    { index: partition, records }: { index: number; records: Buffer | null },
  ) => {
    const log = topics.partition(topic, partition);
    if (!log) return { index: partition, logStartOffset: -1, ...failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) };
    const logStartOffset = log.startOffset;
    if (!isValidAcks(request.acks))
      return { index: partition, logStartOffset, ...failed(ErrorCode.INVALID_REQUIRED_ACKS) };
    if (!records) return { index: partition, logStartOffset, ...failed(ErrorCode.INVALID_RECORD) };
    const result = log.append(records, (batch) =>
      transactions.checkBatch(request.transactionalId, { topic, partition }, batch),
    );
    return { index: partition, logStartOffset, ...toFields(result) };
  };

  return [
    bindApi(produceApi, (request) => {
      const answered = request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((partition) => append(request, name, partition)),
      }));
      return request.acks === 0 ? null : { topics: answered };
    }),
  ];
}

function failed(errorCode: ErrorCode) {
  return toFields({ errorCode, baseOffset: -1, appendTimeMs: -1 });
}

function toFields({ errorCode, baseOffset, appendTimeMs }: AppendResult) {
  return { errorCode, baseOffset, logAppendTimeMs: appendTimeMs };
}
