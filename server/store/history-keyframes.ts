import { decodeHistory } from "../pipeline/telemetry/chunk.ts";
import { VehicleColumns } from "../pipeline/telemetry/vehicle-columns.ts";
import type { Database, Db } from "./client.ts";
import { historySince } from "./history.ts";
import { pack, unpack } from "./packing.ts";

const HOUR_MS = 3_600_000;
/** So long after the hour nearly all of its readings have come; those that come later are folded when they are asked for. */
const SETTLED_MS = 15 * 60_000;
/** Hours made at once for one partition. */
const HOURS_AT_ONCE = 6;

export type Keyframe = { atMs: number; run: number; data: Buffer };

/** The newest keyframe of a partition that is not after the moment. */
export async function keyframeBefore(db: Db, lane: string, partition: number, atMs: number): Promise<Keyframe | null> {
  const [row] = await db.$queryRaw<{ at: Date; run: number; data: Uint8Array }[]>`
    select at, run, data from history_keyframe
    where lane = ${lane} and partition = ${partition} and at <= ${new Date(atMs)} order by at desc limit 1`;
  return row ? { atMs: row.at.getTime(), run: row.run, data: await unpack(row.data) } : null;
}

/**
 * Makes the keyframes that are due: the state of a partition's vehicles at each full hour in which something was read, so
 * that a question about a moment folds an hour at most. Returns how many it made. One caller at a time.
 */
export async function makeKeyframes(database: Database, lane: string, partition: number): Promise<number> {
  const [stored] = await database.$queryRaw<{ last: Date | null; run: number | null }[]>`
    select max(max_time) as last, max(run) as run from history_chunk
    where lane = ${lane} and partition = ${partition}`;
  if (!stored?.last || stored.run === null) return 0;
  const lastHourMs = hourOf(stored.last.getTime() - SETTLED_MS);
  let before = await keyframeBefore(database, lane, partition, lastHourMs);
  if (before?.atMs === lastHourMs) return 0;
  const beginMs = before?.atMs ?? (await firstReading(database, lane, partition));
  let made = 0;
  for (let hourMs = hourOf(beginMs) + HOUR_MS; hourMs <= lastHourMs && made < HOURS_AT_ONCE; hourMs += HOUR_MS) {
    if (!(await hasReadings(database, lane, partition, hourMs))) continue;
    before = await makeKeyframe(database, lane, partition, { before, hourMs, run: stored.run });
    made += 1;
  }
  return made;
}

async function firstReading(db: Db, lane: string, partition: number): Promise<number> {
  const [row] = await db.$queryRaw<{ first: Date }[]>`
    select min(min_time) as first from history_chunk where lane = ${lane} and partition = ${partition}`;
  return row!.first.getTime();
}

async function makeKeyframe(
  database: Database,
  lane: string,
  partition: number,
  { before, hourMs, run }: { before: Keyframe | null; hourMs: number; run: number },
): Promise<Keyframe> {
  const vehicles = new VehicleColumns();
  if (before) vehicles.restore(before.data);
  const pieces = historySince(database, lane, partition, {
    keyframe: before,
    atMs: hourMs,
    vehicle: null,
    untilRun: run,
  });
  for await (const { data } of pieces) vehicles.foldUpTo(decodeHistory(data).rows, hourMs);
  const data = vehicles.snapshot();
  await database.$executeRaw`
    insert into history_keyframe (lane, partition, at, run, data)
    values (${lane}, ${partition}, ${new Date(hourMs)}, ${run}, ${await pack(data)})
    on conflict (lane, partition, at) do update set run = excluded.run, data = excluded.data`;
  return { atMs: hourMs, run, data };
}

async function hasReadings(db: Db, lane: string, partition: number, hourMs: number): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from history_chunk
    where lane = ${lane} and partition = ${partition}
      and max_time > ${new Date(hourMs - HOUR_MS)} and min_time <= ${new Date(hourMs)} limit 1`;
  return rows.length > 0;
}

const hourOf = (ms: number): number => ms - (ms % HOUR_MS);
