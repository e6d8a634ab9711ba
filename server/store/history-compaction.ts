import { type CompactedPart, compactSegments } from "../pipeline/telemetry/compact-segments.ts";
import type { Database, Db } from "./client.ts";
import { pack, unpack } from "./packing.ts";

/** Segments wait until their quarter hour is over: readings of one vehicle are then neighbours by the dozen. */
const QUARTER_MS = 15 * 60_000;
/** So many readings at once, however long they took to come: they are all in memory. */
const RUN_ROWS_MAX = 250_000;
const PARTS_AT_ONCE = 64;
const TIMES_MAX = { maxWait: 10_000, timeout: 120_000 };
/** Repeats are told from late readings for 24 hours; a reading may be of a time some minutes after its record. */
const IDENTITIES_KEPT = "25 hours";

type Waiting = { sequence: number; rows: number; storedAt: Date };
export type Compacted = { segments: number; rows: number; bytes: number };

/** The partitions of a lane that have segments. */
export async function partitionsWithSegments(db: Db, lane: string): Promise<number[]> {
  const rows = await db.$queryRaw<{ partition: number }[]>`
    select distinct partition from history_segment where lane = ${lane} order by 1`;
  return rows.map(({ partition }) => partition);
}

/**
 * Sorts the oldest segments of a partition by vehicle, in the place of the segments, in one transaction. Only what a state
 * row covers is taken: the others are the redo log. `null` when nothing is due. One caller at a time.
 */
export async function compactPartition(
  database: Database,
  lane: string,
  partition: number,
  nowMs: number,
): Promise<Compacted | null> {
  const due = await dueSegments(database, lane, partition, nowMs);
  if (due.length === 0) return null;
  const sequences = due.map(({ sequence }) => sequence);
  const stored = await database.$queryRaw<{ data: Uint8Array }[]>`
    select data from history_segment
    where lane = ${lane} and partition = ${partition} and sequence = any(${sequences}::integer[]) order by sequence`;
  const parts = compactSegments(await Promise.all(stored.map(({ data }) => unpack(data))));
  const run = sequences.at(-1)!;
  let bytes = 0;
  await database.$transaction(async (db) => {
    const removed = await db.$executeRaw`
      delete from history_segment
      where lane = ${lane} and partition = ${partition} and sequence = any(${sequences}::integer[])`;
    // The retention may have taken a day away meanwhile: what is left is sorted next time.
    if (removed !== stored.length) throw new Error(`segments of partition ${partition} have gone while being sorted`);
    for (let start = 0; start < parts.length; start += PARTS_AT_ONCE)
      bytes += await insertParts(db, { lane, partition, run, start }, parts.slice(start, start + PARTS_AT_ONCE));
    await forgetIdentities(db, lane, partition);
  }, TIMES_MAX);
  return { segments: due.length, rows: parts.reduce((sum, { rows }) => sum + rows, 0), bytes };
}

/** The oldest segments, as many as make a run; none while their quarter hour still goes on. */
async function dueSegments(db: Db, lane: string, partition: number, nowMs: number): Promise<Waiting[]> {
  const waiting = await db.$queryRaw<Waiting[]>`
    select segment.sequence, segment.rows, segment.stored_at as "storedAt"
    from history_segment as segment join checkpoint using (lane, partition)
    where lane = ${lane} and partition = ${partition} and segment.sequence <= checkpoint.sequence
    order by segment.sequence limit 2000`;
  const taken: Waiting[] = [];
  const endMs = (waiting[0]?.storedAt.getTime() ?? 0) + QUARTER_MS;
  let rows = 0;
  for (const segment of waiting) {
    if (taken.length > 0 && (rows + segment.rows > RUN_ROWS_MAX || segment.storedAt.getTime() >= endMs)) return taken;
    taken.push(segment);
    rows += segment.rows;
  }
  return nowMs >= endMs ? taken : [];
}

type Place = { lane: string; partition: number; run: number; start: number };

async function insertParts(db: Db, place: Place, parts: readonly CompactedPart[]): Promise<number> {
  const { lane, partition, run, start } = place;
  const [data, identities] = await Promise.all([
    Promise.all(parts.map((part) => pack(part.data))),
    Promise.all(parts.map((part) => pack(part.identities))),
  ]);
  const numbers = parts.map((_, index) => start + index);
  const minTimes = parts.map(({ minTimeMs }) => new Date(minTimeMs));
  const maxTimes = parts.map(({ maxTimeMs }) => new Date(maxTimeMs));
  await db.$executeRaw`
    insert into history_chunk
      (day, lane, partition, run, part, first_vehicle, last_vehicle, rows, min_time, max_time, data)
    select (now() at time zone 'utc')::date, ${lane}, ${partition}, ${run}, part.*
    from unnest(${numbers}::integer[], ${parts.map(({ firstVehicle }) => firstVehicle)}::integer[],
      ${parts.map(({ lastVehicle }) => lastVehicle)}::integer[], ${parts.map(({ rows }) => rows)}::integer[],
      ${minTimes}::timestamptz[], ${maxTimes}::timestamptz[], ${data}::bytea[]) as part`;
  await db.$executeRaw`
    insert into history_identity (lane, partition, run, part, min_time, max_time, recorded_to, data)
    select ${lane}, ${partition}, ${run}, part.*
    from unnest(${numbers}::integer[], ${minTimes}::timestamptz[], ${maxTimes}::timestamptz[],
      ${parts.map(({ recordedToMs }) => new Date(recordedToMs))}::timestamptz[], ${identities}::bytea[]) as part`;
  return data.reduce((sum, { length }) => sum + length, 0);
}

/** By the log's own time: after a long stop, what comes again is compared with what came before it. */
async function forgetIdentities(db: Db, lane: string, partition: number): Promise<void> {
  await db.$executeRaw`
    delete from history_identity
    where lane = ${lane} and partition = ${partition} and recorded_to < (
      select max(recorded_to) - ${IDENTITIES_KEPT}::text::interval from history_identity
      where lane = ${lane} and partition = ${partition})`;
}
