import { fetchApi } from "../protocol/fetch.ts";
import { offsetFetchApi, txnOffsetCommitApi } from "../protocol/offsets.ts";
import { produceApi } from "../protocol/produce.ts";
import { addOffsetsToTxnApi, addPartitionsToTxnApi, endTxnApi, initProducerIdApi } from "../protocol/transactions.ts";
import { aRecordBatch, valuesIn } from "./a-record-batch.ts";
import type { RawClient } from "./raw-client.ts";

/** Who speaks: what `init` gave, or something made up. */
export type Identity = { transactionalId: string; producerId: number; producerEpoch: number };

const NOBODY = { producerId: -1, producerEpoch: -1 };

/** The requests of a transactional producer in the newest version, one by one, each giving its error code. */
export function transactionRequests(client: RawClient, { topic, group }: { topic: string; group: string }) {
  const partition = 0;
  return {
    async init(transactionalId: string, known: Omit<Identity, "transactionalId"> = NOBODY) {
      const answer = await client.request(initProducerIdApi, 4, {
        ...{ transactionalId, transactionTimeoutMs: 60_000, ...known },
      });
      const { errorCode, producerId, producerEpoch } = answer;
      return { errorCode, identity: { transactionalId, producerId, producerEpoch } };
    },
    async addPartition(identity: Identity) {
      const topics = [{ name: topic, partitions: [partition] }];
      const { results } = await client.request(addPartitionsToTxnApi, 3, { ...identity, topics });
      return results[0]!.partitions[0]!.errorCode;
    },
    async produce({ transactionalId, producerId, producerEpoch }: Identity, value: string, baseSequence: number) {
      const batch = { isTransactional: true, producerId, producerEpoch, baseSequence };
      const records = aRecordBatch({ values: [value], ...batch });
      const answer = await client.request(produceApi, 9, {
        ...{ transactionalId, acks: -1, timeoutMs: 1000 },
        topics: [{ name: topic, partitions: [{ index: partition, records }] }],
      });
      return answer!.topics[0]!.partitions[0]!.errorCode;
    },
    async addGroup(identity: Identity) {
      return (await client.request(addOffsetsToTxnApi, 3, { ...identity, groupId: group })).errorCode;
    },
    async commitOffset(identity: Identity, offset: number, member = { generationId: -1, memberId: "" }) {
      const committed = { committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: null };
      const { topics } = await client.request(txnOffsetCommitApi, 3, {
        ...{ ...identity, ...member, groupId: group, groupInstanceId: null },
        topics: [{ name: topic, partitions: [{ partitionIndex: partition, ...committed }] }],
      });
      return topics[0]!.partitions[0]!.errorCode;
    },
    async end(identity: Identity, committed: boolean) {
      return (await client.request(endTxnApi, 3, { ...identity, committed })).errorCode;
    },
    /** The group's offset as a reader asks for it that cannot do with one that may yet change. */
    async stableOffset() {
      const { topics } = await client.request(offsetFetchApi, 7, {
        ...{ groupId: group, groups: [], requireStable: true },
        topics: [{ name: topic, partitionIndexes: [partition] }],
      });
      const { errorCode, committedOffset } = topics[0]!.partitions[0]!;
      return { errorCode, committedOffset };
    },
    async fetch(isolationLevel: 0 | 1) {
      const asked = { partition, currentLeaderEpoch: -1, fetchOffset: 0, lastFetchedEpoch: -1, logStartOffset: -1 };
      const { topics } = await client.request(fetchApi, 12, {
        ...{ replicaId: -1, maxWaitMs: 0, minBytes: 0, maxBytes: 1_000_000, isolationLevel, rackId: "" },
        ...{ sessionId: 0, sessionEpoch: -1, forgottenTopics: [] },
        topics: [{ name: topic, partitions: [{ ...asked, partitionMaxBytes: 1_000_000 }] }],
      });
      const { records, lastStableOffset, highWatermark, abortedTransactions } = topics[0]!.partitions[0]!;
      return { values: valuesIn(records!), lastStableOffset, highWatermark, abortedTransactions };
    },
  };
}
