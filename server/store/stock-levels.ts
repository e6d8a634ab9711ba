import type { StockLevel } from "../domain/stock.ts";
import { type LedgerSum, placeName, type StockPlace } from "../projections/stock-levels.ts";
import { asJson } from "./as-json.ts";
import type { Db } from "./client.ts";

export type LevelRow = {
  client: string;
  material: string;
  site: string;
  storage_location: string;
  unit: string;
  unrestricted: string;
  quality_inspection: string;
  blocked: string;
  in_transit: string;
  movements: number;
  left_out: number;
  snapshot: StockLevel["snapshot"];
  last_movement_at: Date | null;
  topic: string;
  partition: number;
  record_offset: string;
  record_timestamp: Date;
};

/** A level as stored: what the ledger makes of it, and what MARD said last. */
export type StoredLevel = { place: StockPlace; sum: LedgerSum | null; snapshot: StockLevel["snapshot"] };

/** The stored levels of these places by `placeName`. The caller holds their locks. */
export async function readStoredLevels(db: Db, places: readonly StockPlace[]): Promise<Map<string, StoredLevel>> {
  if (places.length === 0) return new Map();
  const { clients, materials, sites, locations } = columnsOf(places);
  const rows = await db.$queryRaw<LevelRow[]>`
    select client, material, site, storage_location, unit, unrestricted::text, quality_inspection::text, blocked::text,
      in_transit::text, movements, left_out, snapshot, last_movement_at,
      topic, partition, record_offset::text, record_timestamp
    from stock_level
    join unnest(${clients}::text[], ${materials}::text[], ${sites}::text[], ${locations}::text[])
      as wanted (client, material, site, storage_location) using (client, material, site, storage_location)`;
  return new Map(rows.map(toStored).map((level) => [placeName(level.place), level]));
}

/** Writes these levels. One with neither movements nor a snapshot is removed. */
export async function writeLevels(db: Db, levels: readonly StoredLevel[]): Promise<void> {
  const rows = levels.map(toRow).filter((row) => row !== null);
  if (rows.length > 0) {
    await db.$executeRaw`
      insert into stock_level (client, material, site, storage_location, unit, unrestricted, quality_inspection, blocked,
        in_transit, movements, left_out, snapshot, last_movement_at, topic, partition, record_offset, record_timestamp)
      select client, material, site, storage_location, unit, unrestricted, quality_inspection, blocked,
        in_transit, movements, left_out, snapshot, last_movement_at, topic, partition, record_offset, record_timestamp
      from jsonb_to_recordset(${asJson(rows)}) as summed (
        client text, material text, site text, storage_location text, unit text, unrestricted numeric,
        quality_inspection numeric, blocked numeric, in_transit numeric, movements integer, left_out integer,
        snapshot jsonb, last_movement_at timestamptz,
        topic text, partition integer, record_offset bigint, record_timestamp timestamptz)
      on conflict (client, material, site, storage_location) do update set
        unit = excluded.unit, unrestricted = excluded.unrestricted, quality_inspection = excluded.quality_inspection,
        blocked = excluded.blocked, in_transit = excluded.in_transit, movements = excluded.movements,
        left_out = excluded.left_out, snapshot = excluded.snapshot, last_movement_at = excluded.last_movement_at,
        topic = excluded.topic, partition = excluded.partition, record_offset = excluded.record_offset,
        record_timestamp = excluded.record_timestamp`;
  }
  const gone = levels.filter((level) => toRow(level) === null).map(({ place }) => place);
  if (gone.length === 0) return;
  const { clients, materials, sites, locations } = columnsOf(gone);
  await db.$executeRaw`
    delete from stock_level
    using unnest(${clients}::text[], ${materials}::text[], ${sites}::text[], ${locations}::text[])
      as gone (client, material, site, storage_location)
    where stock_level.client = gone.client and stock_level.material = gone.material
      and stock_level.site = gone.site and stock_level.storage_location = gone.storage_location`;
}

function toRow({ place, sum, snapshot }: StoredLevel) {
  const record = sum?.record ?? snapshot?.record;
  if (!record) return null;
  return {
    ...{ client: place.client, material: place.material, site: place.site, storage_location: place.storageLocation },
    unit: sum?.unit ?? "",
    unrestricted: sum?.quantities.unrestricted ?? "0",
    quality_inspection: sum?.quantities.qualityInspection ?? "0",
    blocked: sum?.quantities.blocked ?? "0",
    in_transit: sum?.quantities.inTransit ?? "0",
    ...{ movements: sum?.movements ?? 0, left_out: sum?.leftOut ?? 0, snapshot },
    last_movement_at: sum && new Date(sum.lastMovementAtMs),
    ...{ topic: record.topic, partition: record.partition, record_offset: record.offset },
    record_timestamp: new Date(record.timestampMs),
  };
}

function toStored(row: LevelRow): StoredLevel {
  const { client, material, site, storage_location: storageLocation, unit, movements, snapshot } = row;
  const place = { client, material, site, storageLocation };
  if (movements === 0) return { place, sum: null, snapshot };
  const sum: LedgerSum = {
    ...place,
    ...{ unit, movements, leftOut: row.left_out, quantities: quantitiesOf(row) },
    lastMovementAtMs: row.last_movement_at!.getTime(),
    record: recordOf(row),
  };
  return { place, sum, snapshot };
}

export const quantitiesOf = (row: LevelRow): StockLevel["quantities"] => ({
  unrestricted: row.unrestricted,
  qualityInspection: row.quality_inspection,
  blocked: row.blocked,
  inTransit: row.in_transit,
});

export const recordOf = (row: LevelRow): StockLevel["record"] => ({
  ...{ topic: row.topic, partition: row.partition, offset: row.record_offset },
  timestampMs: row.record_timestamp.getTime(),
});

function columnsOf(places: readonly StockPlace[]) {
  return {
    clients: places.map(({ client }) => client),
    materials: places.map(({ material }) => material),
    sites: places.map(({ site }) => site),
    locations: places.map(({ storageLocation }) => storageLocation),
  };
}
