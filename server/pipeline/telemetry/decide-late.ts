import { decodeHistory } from "./chunk.ts";
import { LATE, REPEATED, type ReadingRows, UNDECIDED } from "./reading-rows.ts";

/** Repeats are told from late readings exactly within this time; an older one counts as late. */
const EXACT_WITHIN_MS = 24 * 3_600_000;

/** Stored pieces of the partition's history that may hold readings of these times, unpacked. */
export type SegmentsAt = (timesMs: readonly number[]) => AsyncIterable<Buffer>;

/**
 * Decides, with the history's help, what the rings of the vehicles are too small to tell: whether a late reading was
 * here before. Returns how many were. Their state is the same either way; only count and history differ. Nothing is
 * written before all is known: a look that fails is made again, and must count the same.
 */
export async function decideLate(rows: ReadingRows, segmentsAt: SegmentsAt): Promise<number> {
  const undecided = undecidedRows(rows);
  if (undecided.length === 0) return 0;
  const { repeated, open } = openQuestions(rows, undecided);
  const timesMs = [...new Set([...open.values()].map((row) => rows.timeMs[row]!))];
  if (timesMs.length > 0) await askHistory(open, rows, segmentsAt(timesMs), repeated);
  for (const row of undecided) rows.outcome[row] = repeated.has(row) ? REPEATED : LATE;
  return repeated.size;
}

function undecidedRows(rows: ReadingRows): number[] {
  const undecided: number[] = [];
  for (let row = 0; row < rows.count; row++) if (rows.outcome[row] === UNDECIDED) undecided.push(row);
  return undecided;
}

/** Answers what the rows before can answer. What is left, by identity, is for the history. */
function openQuestions(rows: ReadingRows, undecided: readonly number[]) {
  const vehicles = new Set(undecided.map((row) => rows.vehicle[row]!));
  const wanted = new Set(undecided.map((row) => identityOf(rows, row)));
  const open = new Map<string, number>();
  const repeated = new Set<number>();
  const seen = new Set<string>();
  for (let row = 0; row < rows.count; row++) {
    if (!vehicles.has(rows.vehicle[row]!)) continue;
    const identity = identityOf(rows, row);
    if (!wanted.has(identity)) continue;
    if (rows.outcome[row] === UNDECIDED) {
      if (seen.has(identity)) repeated.add(row);
      else if (rows.recordedMs[row]! - rows.timeMs[row]! <= EXACT_WITHIN_MS) open.set(identity, row);
    }
    seen.add(identity);
  }
  return { repeated, open };
}

async function askHistory(
  open: ReadonlyMap<string, number>,
  rows: ReadingRows,
  segments: AsyncIterable<Buffer>,
  repeated: Set<number>,
): Promise<void> {
  const vehicles = new Set([...open.values()].map((row) => rows.vehicle[row]!));
  for await (const data of segments) {
    const { rows: stored } = decodeHistory(data, { base: ["vehicle", "identityA", "identityB"], values: [] });
    for (let row = 0; row < stored.count; row++) {
      if (!vehicles.has(stored.vehicle[row]!)) continue;
      const asked = open.get(identityOf(stored, row));
      if (asked !== undefined) repeated.add(asked);
    }
  }
}

const identityOf = (rows: ReadingRows, row: number): string =>
  `${rows.vehicle[row]}/${rows.identityA[row]}/${rows.identityB[row]}`;
