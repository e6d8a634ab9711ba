import type { Checkpoint, Rejects } from "../pipeline/telemetry/line-keeper.ts";
import { Fenced } from "../platform/fenced.ts";
import type { Database, Db } from "./client.ts";
import { storeRejected } from "./dead-letters.ts";
import { noteReplays } from "./note-replays.ts";
import { advanceOffsets, areStored, lockRejectsTo, moveRejectsTo, type OffsetMove } from "./offsets.ts";
import { pack, unpack } from "./packing.ts";
import { slicesOf } from "./slices.ts";
import { upsertVisits } from "./visits.ts";

const VISIT_BYTES = 300;
const TIMES_MAX = { maxWait: 10_000, timeout: 60_000 };

/** The last state row of a partition, and the segments stored since, which are still to be folded. */
export type LoadedState = { sequence: number; vehicleIds: string[]; state: Buffer | null; segments: Buffer[] };

export async function loadState(db: Db, lane: string, partition: number): Promise<LoadedState> {
  const [row] = await db.$queryRaw<{ sequence: number; vehicles: Uint8Array; state: Uint8Array }[]>`
    select sequence, vehicles, state from checkpoint where lane = ${lane} and partition = ${partition}`;
  const sequence = row?.sequence ?? 0;
  const segments = await db.$queryRaw<{ data: Uint8Array }[]>`
    select data from history_segment
    where lane = ${lane} and partition = ${partition} and sequence > ${sequence} order by sequence`;
  return {
    sequence,
    vehicleIds: row ? (JSON.parse((await unpack(row.vehicles)).toString()) as string[]) : [],
    state: row ? await unpack(row.state) : null,
    segments: await Promise.all(segments.map(({ data }) => unpack(data))),
  };
}

/**
 * One transaction behind the fence: offsets, segment, visits and state row. The rejected records that were not stored yet go
 * before it, so that the checkpoint never passes them, however many they are.
 */
export async function saveCheckpoint(database: Database, lane: string, checkpoint: Checkpoint): Promise<void> {
  const { partition, sequence, rejects } = checkpoint;
  const moves = checkpoint.topics.map(
    ({ topic, epoch, from, next, lastHash, counters }): OffsetMove => ({
      ...{ topic, partition, epoch, sequence, lastHash, counters },
      expected: from,
      next,
    }),
  );
  const [segment, state] = await Promise.all([packSegment(checkpoint), packState(checkpoint)]);
  await saveRejects(database, lane, rejects);
  try {
    await database.$transaction(async (db) => {
      await advanceOffsets(db, lane, moves);
      if (segment) await insertSegment(db, lane, partition, sequence, segment);
      for (const visits of slicesOf(checkpoint.visits, () => VISIT_BYTES)) await upsertVisits(db, visits);
      if (state) await upsertState(db, lane, partition, sequence, state);
    }, TIMES_MAX);
  } catch (error) {
    // The answer to an earlier attempt may have been lost on its way: then it is our own write that stands there.
    if (!(error instanceof Fenced) || !(await areStored(database, lane, moves))) throw error;
  }
}

/**
 * Rejected records ahead of their checkpoint, in a small transaction behind the fence. After a crash in between the log
 * brings them again: those that are stored or counted already are left out by their offsets.
 */
export async function saveRejects(
  database: Database,
  lane: string,
  { rejected, replays, claim }: Rejects,
): Promise<void> {
  const last = rejected.at(-1);
  if (last) {
    await database.$transaction(async (db) => {
      const rejectsTo = await lockRejectsTo(db, lane, claim);
      const fresh = rejected.filter(({ offset }) => offset >= rejectsTo);
      if (fresh.length === 0) return;
      await storeRejected(db, fresh);
      await moveRejectsTo(db, lane, claim, last.offset + 1n);
    }, TIMES_MAX);
  }
  if (replays.length > 0) await database.$transaction((db) => noteReplays(db, replays, Date.now()), TIMES_MAX);
}

type PackedSegment = { data: Buffer; rows: number; minTime: Date; maxTime: Date };

async function packSegment({ segment }: Checkpoint): Promise<PackedSegment | null> {
  if (!segment) return null;
  const { rows, minTimeMs, maxTimeMs } = segment;
  return { data: await pack(segment.data), rows, minTime: new Date(minTimeMs), maxTime: new Date(maxTimeMs) };
}

async function packState({ state }: Checkpoint): Promise<{ vehicles: Buffer; state: Buffer } | null> {
  if (!state) return null;
  const [vehicles, data] = await Promise.all([pack(Buffer.from(JSON.stringify(state.vehicleIds))), pack(state.data)]);
  return { vehicles, state: data };
}

/** `day` is the day it is stored: late readings come into the part that is there. */
async function insertSegment(db: Db, lane: string, partition: number, sequence: number, segment: PackedSegment) {
  const { data, rows, minTime, maxTime } = segment;
  await db.$executeRaw`
    insert into history_segment (day, lane, partition, sequence, rows, min_time, max_time, packed, data)
    values ((now() at time zone 'utc')::date, ${lane}, ${partition}, ${sequence}, ${rows}, ${minTime}, ${maxTime}, true, ${data})`;
}

async function upsertState(
  db: Db,
  lane: string,
  partition: number,
  sequence: number,
  packed: { vehicles: Buffer; state: Buffer },
) {
  await db.$executeRaw`
    insert into checkpoint (lane, partition, sequence, vehicles, state)
    values (${lane}, ${partition}, ${sequence}, ${packed.vehicles}, ${packed.state})
    on conflict (lane, partition) do update
    set sequence = excluded.sequence, vehicles = excluded.vehicles, state = excluded.state, updated_at = now()`;
}
