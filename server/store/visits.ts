import type { FactRecord } from "../domain/business-object.ts";
import type { Visit } from "../domain/visit/visit.ts";
import type { StoredVisit } from "../pipeline/telemetry/line-visits.ts";
import type { Db } from "./client.ts";

type VisitRow = {
  vehicle_id: string;
  fence_id: string;
  entered_at: Date;
  left_at: Date | null;
  outside_at: Date | null;
  topic: string;
  partition: number;
  record_offset: bigint;
  record_timestamp: Date;
  left_offset: bigint | null;
  left_timestamp: Date | null;
};

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Stores visits as they are now. Stored again they are still there once: a visit is known by vehicle, fence and arrival. */
export async function upsertVisits(db: Db, visits: readonly StoredVisit[]): Promise<void> {
  if (visits.length === 0) return;
  const column = <T>(pick: (visit: StoredVisit) => T): T[] => visits.map(pick);
  await db.$executeRaw`
    insert into visit (vehicle_id, fence_id, entered_at, left_at, outside_at,
      topic, partition, record_offset, record_timestamp, left_offset, left_timestamp)
    select vehicle_id, fence_id, entered_at::timestamptz, left_at::timestamptz, outside_at::timestamptz,
      topic, partition, record_offset, record_timestamp::timestamptz, left_offset, left_timestamp::timestamptz
    from unnest(
      ${column(({ vehicleId }) => vehicleId)}::text[],
      ${column(({ fenceId }) => fenceId)}::text[],
      ${column(({ enteredMs }) => isoOf(enteredMs))}::text[],
      ${column(({ leftMs }) => isoOf(leftMs))}::text[],
      ${column(({ outsideMs }) => isoOf(outsideMs))}::text[],
      ${column(({ record }) => record.topic)}::text[],
      ${column(({ record }) => record.partition)}::integer[],
      ${column(({ record }) => record.offset)}::bigint[],
      ${column(({ record }) => isoOf(record.timestampMs))}::text[],
      ${column((visit) => leaving(visit)?.offset ?? null)}::bigint[],
      ${column((visit) => isoOf(leaving(visit)?.timestampMs ?? null))}::text[]
    ) as sent (vehicle_id, fence_id, entered_at, left_at, outside_at, topic, partition, record_offset, record_timestamp,
      left_offset, left_timestamp)
    on conflict (vehicle_id, entered_at, fence_id) do update
    set left_at = excluded.left_at, outside_at = excluded.outside_at,
      left_offset = excluded.left_offset, left_timestamp = excluded.left_timestamp`;
}

/** Of `left_at`, or before that of `outside_at`: whoever is outside for long enough left then. */
const leaving = ({ leftRecord, outsideRecord }: StoredVisit): FactRecord | null => leftRecord ?? outsideRecord;

/** The visits that a line goes on with: those of its partition that have not ended. */
export async function openVisits(db: Db, topic: string, partition: number): Promise<StoredVisit[]> {
  const rows = await db.$queryRaw<VisitRow[]>`
    select * from visit where topic = ${topic} and partition = ${partition} and left_at is null
    order by vehicle_id, entered_at, fence_id`;
  return rows.map(toStored);
}

/** Visits that are under way or ended since, by arrival. */
export async function visitsSince(db: Db, sinceMs: number, limit: number): Promise<Visit[]> {
  const rows = await db.$queryRaw<VisitRow[]>`
    select * from visit where left_at is null or left_at >= ${new Date(sinceMs)} order by entered_at desc limit ${limit}`;
  return rows.map((row) => {
    const { outsideMs: _, outsideRecord: __, ...visit } = toStored(row);
    return visit;
  });
}

function toStored(row: VisitRow): StoredVisit {
  const left = leavingOf(row);
  return {
    vehicleId: row.vehicle_id,
    fenceId: row.fence_id,
    enteredMs: row.entered_at.getTime(),
    leftMs: row.left_at?.getTime() ?? null,
    outsideMs: row.outside_at?.getTime() ?? null,
    record: {
      topic: row.topic,
      partition: row.partition,
      offset: String(row.record_offset),
      timestampMs: row.record_timestamp.getTime(),
    },
    leftRecord: row.left_at === null ? null : left,
    outsideRecord: row.left_at === null ? left : null,
  };
}

function leavingOf({ topic, partition, left_offset: offset, left_timestamp: timestamp }: VisitRow): FactRecord | null {
  if (offset === null || timestamp === null) return null;
  return { topic, partition, offset: String(offset), timestampMs: timestamp.getTime() };
}
