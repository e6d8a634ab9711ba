import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import type { RequestOf, ResponseOf } from "../protocol/api.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { fetchApi } from "../protocol/fetch.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { waitForRecords } from "./wait-for-records.ts";

const READ_COMMITTED = 1;
const MAX_WAIT_MS_MAX = 60_000;

type FetchRequest = RequestOf<typeof fetchApi>;
type FetchResponse = ResponseOf<typeof fetchApi>;
type AskedPartition = FetchRequest["topics"][number]["partitions"][number];
type FetchedPartition = FetchResponse["topics"][number]["partitions"][number];
type FetchResult = { response: FetchResponse; fetchedBytes: number; hasError: boolean };

export function createFetchHandlers({ topics }: BrokerParts): BoundApi[] {
  /** Moves on with each fetch, so that a client with more to read than fits one answer gets all partitions in turn. */
  let firstPartition = 0;

  const readAll = (request: FetchRequest): FetchResult => {
    const asked = request.topics.flatMap(({ name, partitions }) =>
      partitions.map((partition) => ({ name, partition })),
    );
    const fetched = new Map<AskedPartition, FetchedPartition>();
    const budget = { leftBytes: request.maxBytes, isUntouched: true };
    firstPartition = asked.length === 0 ? 0 : (firstPartition + 1) % asked.length;
    for (const { name, partition } of [...asked.slice(firstPartition), ...asked.slice(0, firstPartition)]) {
      const log = topics.partition(name, partition.partition);
      fetched.set(partition, log ? readOne(log, partition, request, budget) : unknownPartition(partition.partition));
    }
    return {
      response: {
        topics: request.topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map((partition) => fetched.get(partition)!),
        })),
      },
      fetchedBytes: request.maxBytes - budget.leftBytes,
      hasError: [...fetched.values()].some(({ errorCode }) => errorCode !== ErrorCode.NONE),
    };
  };

  return [
    bindApi(fetchApi, async (request, { closed }) => {
      const deadlineMs = performance.now() + Math.min(request.maxWaitMs, MAX_WAIT_MS_MAX);
      for (;;) {
        const result = readAll(request);
        const leftMs = deadlineMs - performance.now();
        const missingBytes = request.minBytes - result.fetchedBytes;
        if (missingBytes <= 0 || result.hasError || leftMs <= 0 || closed.aborted) return result.response;
        const logs = request.topics.flatMap(({ name, partitions }) =>
          partitions.flatMap(({ partition }) => topics.partition(name, partition) ?? []),
        );
        await waitForRecords(logs, { missingBytes, timeoutMs: leftMs, closed });
      }
    }),
  ];
}

function readOne(
  log: PartitionLog,
  asked: AskedPartition,
  { isolationLevel }: FetchRequest,
  budget: { leftBytes: number; isUntouched: boolean },
): FetchedPartition {
  const { lastStableOffset, startOffset, endOffset } = log;
  const isCommittedOnly = isolationLevel === READ_COMMITTED;
  const fetched = {
    partition: asked.partition,
    errorCode: ErrorCode.NONE,
    highWatermark: endOffset,
    lastStableOffset,
    logStartOffset: startOffset,
    abortedTransactions: null,
    records: Buffer.alloc(0),
  };
  if (asked.fetchOffset < startOffset || asked.fetchOffset > endOffset) {
    return { ...fetched, errorCode: ErrorCode.OFFSET_OUT_OF_RANGE };
  }
  // The first batch of an answer goes out however large it is, or a small limit would stop the reader for good.
  const bytesMax = Math.min(asked.partitionMaxBytes, budget.leftBytes);
  if (bytesMax <= 0 && !budget.isUntouched) return fetched;
  const records = log.read(asked.fetchOffset, bytesMax, isCommittedOnly ? lastStableOffset : undefined);
  if (!records) return fetched;
  budget.isUntouched = false;
  budget.leftBytes -= records.length;
  const abortedTransactions = isCommittedOnly ? log.abortedTransactionsFrom(asked.fetchOffset) : null;
  return { ...fetched, records, abortedTransactions };
}

function unknownPartition(partition: number): FetchedPartition {
  return {
    partition,
    errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    abortedTransactions: null,
    records: Buffer.alloc(0),
  };
}
