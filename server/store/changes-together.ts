import { Fenced } from "../platform/fenced.ts";
import type { ChangesChunk, ChunkOutcomes, ChunkToStore, StoreChangesChunks } from "./changes-chunk.ts";

type Waiting = ChunkToStore & {
  changes: number;
  resolve(outcomes: ChunkOutcomes): void;
  reject(error: unknown): void;
};

/** Bound of the changes in one transaction, beyond a first chunk that may be larger. */
const CHANGES_MAX = 4000;

/**
 * Chunks of many partitions in one transaction: those that come while one runs go into the next, together. The rows of
 * an order come by many topics, so that it is made anew once instead of once a topic, and what a transaction costs by
 * itself is shared. Each chunk still succeeds or fails as a whole, with its own move.
 */
export function createStoreTogether(store: StoreChangesChunks, isUnstorable: (error: unknown) => boolean) {
  let waiting: Waiting[] = [];
  let isStoring = false;
  let changesMax = CHANGES_MAX;

  return function storeTogether(chunk: ChangesChunk, toMove: ChunkToStore["toMove"]): Promise<ChunkOutcomes> {
    return new Promise((resolve, reject) => {
      const changes = chunk.decoded.reduce((sum, record) => sum + record.changes.length, 0);
      waiting.push({ chunk, toMove, changes, resolve, reject });
      if (isStoring) return;
      isStoring = true;
      // The partitions of one fetch are decoded in the same turn.
      setImmediate(() => void storeWaiting());
    });
  };

  async function storeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const group = takeGroup();
      await storeGroup(group);
    }
    isStoring = false;
  }

  function takeGroup(): Waiting[] {
    let changes = 0;
    const end = waiting.findIndex((entry, index) => {
      changes += entry.changes;
      return index > 0 && (changes > changesMax || hasGaps(entry) || hasGaps(waiting[0]!));
    });
    const group = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    return group;
  }

  async function storeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await store(group);
      changesMax = Math.min(CHANGES_MAX, changesMax * 2);
      group.forEach(({ resolve }, index) => void resolve(outcomes[index]!));
    } catch (error) {
      const isOwnFault = error instanceof Fenced || isUnstorable(error);
      if (isOwnFault && group.length > 1) {
        // One of them is to blame, and it alone shall hear of it.
        for (const entry of group) await storeGroup([entry]);
        return;
      }
      // A database that is slow or in distress is given less at once; each success doubles it again.
      if (!isOwnFault) changesMax = 1;
      for (const { reject } of group) reject(error);
    }
  }
}

/** The gap of a whole entity is held against all other writers, so it waits for as few locks as it can. */
const hasGaps = ({ chunk }: Waiting): boolean => chunk.decoded.some(({ gaps }) => gaps.length > 0);
