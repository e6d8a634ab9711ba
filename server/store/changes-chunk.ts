import { deadLetterId, type RejectedRecord } from "../contracts/dead-letter.ts";
import type { Touched } from "../contracts/live-room.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { ChangesRecord, DecodedRecord } from "../pipeline/changes-record.ts";
import type { ReplayOutcome } from "../pipeline/replay-outcome.ts";
import type { Clock } from "../platform/clock.ts";
import { type AppliedChanges, applyChanges, applyWideGaps, type ChangeOutcome } from "./changes.ts";
import type { Database, Db } from "./client.ts";
import { storeRejected } from "./dead-letters.ts";
import { noteReplays } from "./note-replays.ts";
import { advanceOffsets, type OffsetMove } from "./offsets.ts";
import type { ProjectRows } from "./project-rows.ts";

/** What the pipeline made of a chunk: each of its records stands in one of the three lists. */
export type ChangesChunk = {
  decoded: readonly DecodedRecord[];
  ignored: readonly ChangesRecord[];
  rejected: readonly { entry: ChangesRecord; letter: RejectedRecord }[];
};

/** Outcomes by the records' place in their chunk. */
export type ChunkOutcomes = ReadonlyMap<number, Outcome>;

/** A chunk with what turns its outcomes into the move of its partition, because the counters are among them. */
export type ChunkToStore = { chunk: ChangesChunk; toMove: (outcomes: ChunkOutcomes) => OffsetMove };

const TRANSACTION_MS_MAX = 60_000;

export type ChangesChunkParts = {
  database: Database;
  clock: Clock;
  projectRows: ProjectRows;
  /** Told what chunks have changed, after their commit; also when the commit's answer was lost. */
  touched(touched: Touched): void;
};

/**
 * Stores chunks of different partitions and moves their offsets, all or nothing: changes, images, what the images mean,
 * dead letters, what became of replays and the counters. Answers with the outcomes of each chunk. Throws `Fenced` when
 * another process owns one of the partitions by now.
 */
export function createChangesChunkStore({ database, clock, projectRows, touched }: ChangesChunkParts) {
  return async function storeChangesChunks(chunks: readonly ChunkToStore[]): Promise<ChunkOutcomes[]> {
    let found: Touched | null = null;
    const stored = database.$transaction(
      async (db) => {
        const decoded = await applyDecoded(
          db,
          chunks.flatMap(({ chunk }) => chunk.decoded),
        );
        found = await projectRows(db, decoded.applied);
        const letters = chunks.flatMap(({ chunk }) => chunk.rejected.map(({ letter }) => letter));
        await storeRejected(db, letters);
        const replayed = chunks.flatMap(({ chunk }) => replayOutcomes(chunk));
        await noteReplays(db, replayed, clock());
        const outcomes = chunks.map(({ chunk }) => outcomesOf(chunk, decoded.outcomes));
        const moves = chunks.map(({ toMove }, index) => toMove(outcomes[index]!));
        // Last, because the counters wait for the outcomes. Without the fence's row all of the above is rolled back.
        await advanceOffsets(db, "changes", moves);
        return outcomes;
      },
      { maxWait: 10_000, timeout: TRANSACTION_MS_MAX },
    );
    // A reader told of a change that was rolled back reads what it had: telling too much is harmless, too little is not.
    return stored.finally(() => {
      if (found && isAnything(found)) touched(found);
    });
  };
}

const isAnything = ({ objects, stock, sites }: Touched): boolean => objects.length + stock.length + sites.length > 0;

export type StoreChangesChunks = ReturnType<typeof createChangesChunkStore>;

function replayOutcomes({ decoded, ignored, rejected }: ChangesChunk): ReplayOutcome[] {
  const toOutcome = ({ replay, record }: ChangesRecord, rejection: ReplayOutcome["rejection"]): ReplayOutcome[] =>
    replay === null ? [] : [{ deadLetter: deadLetterId(record), replay, rejection }];
  return [
    ...[...decoded, ...ignored].flatMap((entry) => toOutcome(entry, null)),
    ...rejected.flatMap(({ entry, letter }) => toOutcome(entry, letter)),
  ];
}

type DecodedOutcomes = { outcomes: ReadonlyMap<DecodedRecord, Outcome>; applied: AppliedChanges };

async function applyDecoded(db: Db, decoded: readonly DecodedRecord[]): Promise<DecodedOutcomes> {
  const applied = await applyChanges(
    db,
    decoded.flatMap(({ changes }) => changes),
  );
  const wide = await applyWideGaps(
    db,
    decoded.flatMap(({ gaps }) => gaps),
  );
  const outcomes = new Map<DecodedRecord, Outcome>();
  let nextChange = 0;
  let nextGap = 0;
  for (const record of decoded) {
    const { changes, gaps } = record;
    const own = [
      ...applied.outcomes.slice(nextChange, nextChange + changes.length),
      ...wide.slice(nextGap, nextGap + gaps.length),
    ];
    outcomes.set(record, outcomeOf(own));
    nextChange += changes.length;
    nextGap += gaps.length;
  }
  return { outcomes, applied };
}

/** A record may change several rows: it has moved the present when one of them did. */
function outcomeOf(changes: readonly ChangeOutcome[]): Outcome {
  if (changes.includes("applied")) return "applied";
  return changes.includes("late") ? "late" : "repeated";
}

function outcomesOf(chunk: ChangesChunk, decoded: DecodedOutcomes["outcomes"]): ChunkOutcomes {
  const outcomes = new Map<number, Outcome>();
  for (const record of chunk.decoded) outcomes.set(record.place, decoded.get(record)!);
  for (const { place } of chunk.ignored) outcomes.set(place, "ignored");
  for (const { entry } of chunk.rejected) outcomes.set(entry.place, "rejected");
  return outcomes;
}
