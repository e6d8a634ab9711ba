import { deadLetterId, type RejectedRecord } from "../contracts/dead-letter.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { ChangesRecord, DecodedRecord } from "../pipeline/changes-record.ts";
import type { ReplayOutcome } from "../pipeline/replay-outcome.ts";
import type { Clock } from "../platform/clock.ts";
import { applyChanges, applyWideGaps, type ChangeOutcome } from "./changes.ts";
import type { Database, Db } from "./client.ts";
import { storeRejected } from "./dead-letters.ts";
import { noteReplays } from "./note-replays.ts";
import { advanceOffsets, type OffsetMove } from "./offsets.ts";
import { projectSites } from "./sites.ts";

/** What the pipeline made of a chunk: each of its records stands in one of the three lists. */
export type ChangesChunk = {
  decoded: readonly DecodedRecord[];
  ignored: readonly ChangesRecord[];
  rejected: readonly { entry: ChangesRecord; letter: RejectedRecord }[];
};

/** Outcomes by the records' place. */
export type ChunkOutcomes = ReadonlyMap<number, Outcome>;

const TRANSACTION_MS_MAX = 60_000;

/**
 * Stores a chunk and moves its offset, all or nothing: changes, images, sites, dead letters, what became of replays and
 * the counters. `toMove` turns the outcomes into the move, because the counters are among them. Throws `Fenced` when
 * another process owns the partition by now.
 */
export function createChangesChunkStore({ database, clock }: { database: Database; clock: Clock }) {
  return function storeChangesChunk(
    chunk: ChangesChunk,
    toMove: (outcomes: ChunkOutcomes) => OffsetMove,
  ): Promise<ChunkOutcomes> {
    return database.$transaction(
      async (db) => {
        const outcomes = await applyDecoded(db, chunk.decoded);
        for (const { place } of chunk.ignored) outcomes.set(place, "ignored");
        for (const { entry } of chunk.rejected) outcomes.set(entry.place, "rejected");
        await storeRejected(
          db,
          chunk.rejected.map(({ letter }) => letter),
        );
        await noteReplays(db, replayOutcomes(chunk), clock());
        // Last, because the counters wait for the outcomes. Without the fence's row all of the above is rolled back.
        await advanceOffsets(db, "changes", [toMove(outcomes)]);
        return outcomes;
      },
      { maxWait: 10_000, timeout: TRANSACTION_MS_MAX },
    );
  };
}

export type StoreChangesChunk = ReturnType<typeof createChangesChunkStore>;

function replayOutcomes({ decoded, ignored, rejected }: ChangesChunk): ReplayOutcome[] {
  const toOutcome = ({ replay, record }: ChangesRecord, rejection: ReplayOutcome["rejection"]): ReplayOutcome[] =>
    replay === null ? [] : [{ deadLetter: deadLetterId(record), replay, rejection }];
  return [
    ...[...decoded, ...ignored].flatMap((entry) => toOutcome(entry, null)),
    ...rejected.flatMap(({ entry, letter }) => toOutcome(entry, letter)),
  ];
}

async function applyDecoded(db: Db, decoded: readonly DecodedRecord[]): Promise<Map<number, Outcome>> {
  const { outcomes, moved } = await applyChanges(
    db,
    decoded.flatMap(({ changes }) => changes),
  );
  const wide = await applyWideGaps(
    db,
    decoded.flatMap(({ gaps }) => gaps),
  );
  await projectSites(db, moved);
  const byPlace = new Map<number, Outcome>();
  let nextChange = 0;
  let nextGap = 0;
  for (const { place, changes, gaps } of decoded) {
    const own = [
      ...outcomes.slice(nextChange, nextChange + changes.length),
      ...wide.slice(nextGap, nextGap + gaps.length),
    ];
    byPlace.set(place, outcomeOf(own));
    nextChange += changes.length;
    nextGap += gaps.length;
  }
  return byPlace;
}

/** A record may change several rows: it has moved the present when one of them did. */
function outcomeOf(changes: readonly ChangeOutcome[]): Outcome {
  if (changes.includes("applied")) return "applied";
  return changes.includes("late") ? "late" : "repeated";
}
