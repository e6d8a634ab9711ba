import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { txnOffsetCommitApi } from "../protocol/offsets.ts";
import { addOffsetsToTxnApi, addPartitionsToTxnApi, endTxnApi, initProducerIdApi } from "../protocol/transactions.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { guardStorage } from "./guard-storage.ts";

const TRANSACTION_TIMEOUT_MS_MAX = 15 * 60_000;

/** Ids for idempotent producers, and transactions. */
export function createTransactionHandlers({ topics, producerIds, transactions, logger }: BrokerParts): BoundApi[] {
  return [
    bindApi(initProducerIdApi, ({ transactionalId, transactionTimeoutMs }) => {
      let identity = { producerId: -1, producerEpoch: -1 };
      const errorCode = guardStorage(logger, () => {
        if (transactionalId === null) identity = { producerId: producerIds.next(), producerEpoch: 0 };
        else if (transactionalId === "") return ErrorCode.INVALID_REQUEST;
        else if (transactionTimeoutMs <= 0 || transactionTimeoutMs > TRANSACTION_TIMEOUT_MS_MAX) {
          return ErrorCode.INVALID_TRANSACTION_TIMEOUT;
        } else identity = transactions.init(transactionalId, transactionTimeoutMs);
        return ErrorCode.NONE;
      });
      return { errorCode, ...identity };
    }),

    bindApi(addPartitionsToTxnApi, (request) => {
      const exists = (topic: string, partition: number) => topics.partition(topic, partition) !== undefined;
      const added = request.topics.flatMap(({ name, partitions }) =>
        partitions.filter((partition) => exists(name, partition)).map((partition) => ({ topic: name, partition })),
      );
      const errorCode = guardStorage(logger, () => transactions.addPartitions(request, added));
      return {
        results: request.topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map((partitionIndex) => ({
            partitionIndex,
            errorCode: exists(name, partitionIndex) ? errorCode : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
          })),
        })),
      };
    }),

    bindApi(addOffsetsToTxnApi, (request) => ({
      errorCode: guardStorage(logger, () => transactions.addGroup(request)),
    })),

    bindApi(txnOffsetCommitApi, (request) => {
      const offsets = request.topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, committedOffset, committedMetadata }) => ({
          group: request.groupId,
          topic: name,
          partition: partitionIndex,
          offset: committedOffset,
          metadata: committedMetadata,
        })),
      );
      const errorCode = transactions.addOffsets(request, offsets);
      return {
        topics: request.topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
        })),
      };
    }),

    bindApi(endTxnApi, (request) => ({
      errorCode: guardStorage(logger, () => transactions.end(request, request.committed)),
    })),
  ];
}
