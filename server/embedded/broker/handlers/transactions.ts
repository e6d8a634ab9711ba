import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import type { RequestOf } from "../protocol/api.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { txnOffsetCommitApi } from "../protocol/offsets.ts";
import { addOffsetsToTxnApi, addPartitionsToTxnApi, endTxnApi, initProducerIdApi } from "../protocol/transactions.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { guardStorage } from "./guard-storage.ts";

const TRANSACTION_TIMEOUT_MS_MAX = 15 * 60_000;
/** From these versions on a producer whose successor came is told so by a code of its own. */
const FENCED_SINCE = { initProducerId: 4, inTransaction: 2 };

type InitProducerId = RequestOf<typeof initProducerIdApi>;
type TxnOffsetCommit = RequestOf<typeof txnOffsetCommitApi>;

/** Ids for idempotent producers, and transactions. */
export function createTransactionHandlers(parts: BrokerParts): BoundApi[] {
  const { topics, transactions, logger } = parts;
  const exists = (topic: string, partition: number) => topics.partition(topic, partition) !== undefined;

  return [
    bindApi(initProducerIdApi, (request, { versionNumber }) => {
      let identity = { producerId: -1, producerEpoch: -1 };
      const errorCode = guardStorage(logger, () => {
        const { errorCode: refusal, ...given } = init(parts, request);
        identity = given;
        return refusal;
      });
      return { ...identity, errorCode: inVersion(errorCode, versionNumber >= FENCED_SINCE.initProducerId) };
    }),

    bindApi(addPartitionsToTxnApi, (request, { versionNumber }) => {
      const added = request.topics.flatMap(({ name, partitions }) =>
        partitions.filter((partition) => exists(name, partition)).map((partition) => ({ topic: name, partition })),
      );
      const outcome = guardStorage(logger, () => transactions.addPartitions(request, added));
      const errorCode = inVersion(outcome, versionNumber >= FENCED_SINCE.inTransaction);
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

    bindApi(addOffsetsToTxnApi, (request, { versionNumber }) => {
      const errorCode = guardStorage(logger, () => transactions.addGroup(request));
      return { errorCode: inVersion(errorCode, versionNumber >= FENCED_SINCE.inTransaction) };
    }),

    bindApi(txnOffsetCommitApi, (request) => {
      const errorCode = guardStorage(logger, () => commitOffsets(parts, request));
      return {
        topics: request.topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex }) => ({
            partitionIndex,
            errorCode: exists(name, partitionIndex) ? errorCode : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
          })),
        })),
      };
    }),

    bindApi(endTxnApi, (request, { versionNumber }) => {
      const errorCode = guardStorage(logger, () => transactions.end(request, request.committed));
      return { errorCode: inVersion(errorCode, versionNumber >= FENCED_SINCE.inTransaction) };
    }),
  ];
}

function init({ producerIds, transactions }: BrokerParts, request: InitProducerId) {
  const { transactionalId, transactionTimeoutMs: timeoutMs, producerId, producerEpoch } = request;
  const refuse = (errorCode: ErrorCode) => ({ errorCode, producerId: -1, producerEpoch: -1 });
  if (transactionalId === null) return { errorCode: ErrorCode.NONE, producerId: producerIds.next(), producerEpoch: 0 };
  if (transactionalId === "") return refuse(ErrorCode.INVALID_REQUEST);
  const isInRange = timeoutMs > 0 && timeoutMs <= TRANSACTION_TIMEOUT_MS_MAX;
  if (!isInRange) return refuse(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
  return transactions.init({ transactionalId, timeoutMs, producerId, producerEpoch });
}

/** The offsets of a group that become its own with the end of the transaction. */
function commitOffsets({ topics, groups, transactions }: BrokerParts, request: TxnOffsetCommit): ErrorCode {
  const { groupId, memberId, generationId } = request;
  // Whoever names its generation must still be in it: else a consumer that was thrown out would commit for the group.
  const isFromMember = generationId >= 0 || memberId !== "";
  const refusal = isFromMember ? groups.checkCommit(groupId, memberId, generationId) : ErrorCode.NONE;
  if (refusal !== ErrorCode.NONE) return refusal;
  const offsets = request.topics.flatMap(({ name, partitions }) =>
    partitions.flatMap(({ partitionIndex, committedOffset, committedMetadata }) => {
      if (!topics.partition(name, partitionIndex)) return [];
      const at = { topic: name, partition: partitionIndex, offset: committedOffset };
      return [{ group: groupId, ...at, metadata: committedMetadata }];
    }),
  );
  return transactions.addOffsets(request, offsets);
}

function inVersion(errorCode: ErrorCode, knowsFenced: boolean): ErrorCode {
  return knowsFenced && errorCode === ErrorCode.INVALID_PRODUCER_EPOCH ? ErrorCode.PRODUCER_FENCED : errorCode;
}
