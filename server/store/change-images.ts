import { type RowId, rowName } from "../domain/change.ts";
import { type ChangeImage, type ImageField, isDeleted, isStale, NEVER } from "../domain/change-image.ts";
import type { Db } from "./client.ts";

type ImageRow = RowId & {
  image: string;
  positions: string;
  position: string;
  topic: string;
  partition: number;
  record_offset: bigint;
  record_timestamp: Date;
};

/**
 * The positions of an image as stored. Most fields of a row were set by the same change, so its position is said once
 * (`base`) and only the `others` are listed.
 */
export type StoredPositions = {
  base: string;
  others: Record<string, string>;
  whole: string;
  written: string;
  deleted: string;
  gap: string;
};

/** The stored images of these rows, by `rowName`; a row without one is not in the map. */
export async function readImages(db: Db, rows: readonly RowId[]): Promise<Map<string, ChangeImage>> {
  if (rows.length === 0) return new Map();
  const [systems, entities, keys] = [rows.map((r) => r.system), rows.map((r) => r.entity), rows.map((r) => r.key)];
  const found = await db.$queryRaw<ImageRow[]>`
    select system, entity, key, image::text, positions::text, position, topic, partition, record_offset, record_timestamp
    from cdc_snapshot
    join unnest(${systems}::text[], ${entities}::text[], ${keys}::text[]) as wanted (system, entity, key)
      using (system, entity, key)`;
  return new Map(found.map((row) => [rowName(row), toImage(row)]));
}

export async function writeImages(db: Db, images: readonly { row: RowId; image: ChangeImage }[]): Promise<void> {
  if (images.length === 0) return;
  await db.$executeRaw`
    insert into cdc_snapshot (system, entity, key, image, positions, deleted, stale, position,
      topic, partition, record_offset, record_timestamp)
    select system, entity, key, image, positions, deleted, stale, position,
      topic, partition, record_offset, record_timestamp
    from jsonb_to_recordset(${JSON.stringify(images.map(toRow))}::jsonb) as merged (
      system text, entity text, key text, image jsonb, positions jsonb, deleted boolean, stale boolean, position text,
      topic text, partition integer, record_offset bigint, record_timestamp timestamptz)
    on conflict (system, entity, key) do update set
      image = excluded.image, positions = excluded.positions, deleted = excluded.deleted, stale = excluded.stale,
      position = excluded.position, topic = excluded.topic, partition = excluded.partition,
      record_offset = excluded.record_offset, record_timestamp = excluded.record_timestamp, updated_at = now()`;
}

function toRow({ row, image }: { row: RowId; image: ChangeImage }) {
  const { system, entity, key } = row;
  const { topic, partition, offset, timestampMs } = image.record;
  return {
    ...{ system, entity, key, position: image.position, topic, partition },
    image: Object.fromEntries([...image.fields].map(([name, { value }]) => [name, value])),
    positions: positionsOf(image),
    deleted: isDeleted(image),
    stale: isStale(image),
    record_offset: String(offset),
    record_timestamp: new Date(timestampMs),
  };
}

function toImage(row: ImageRow): ChangeImage {
  const values = JSON.parse(row.image) as Record<string, unknown>;
  const positions = JSON.parse(row.positions) as StoredPositions;
  const fields = new Map<string, ImageField>(
    Object.entries(values).map(([name, value]) => [name, { value, position: storedPositionOf(positions, name) }]),
  );
  return {
    fields,
    wholeAt: positions.whole,
    writtenAt: positions.written,
    deletedAt: positions.deleted,
    gapAt: positions.gap,
    position: row.position,
    record: {
      topic: row.topic,
      partition: row.partition,
      offset: row.record_offset,
      timestampMs: row.record_timestamp.getTime(),
    },
  };
}

export const storedPositionOf = ({ base, others }: StoredPositions, field: string): string =>
  Object.hasOwn(others, field) ? others[field]! : base;

function positionsOf(image: ChangeImage): StoredPositions {
  const base = commonest([...image.fields.values()].map(({ position }) => position));
  const others = [...image.fields].filter(([, field]) => field.position !== base);
  return {
    base,
    others: Object.fromEntries(others.map(([name, { position }]) => [name, position])),
    whole: image.wholeAt,
    written: image.writtenAt,
    deleted: image.deletedAt,
    gap: image.gapAt,
  };
}

function commonest(positions: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const position of positions) counts.set(position, (counts.get(position) ?? 0) + 1);
  let found = NEVER;
  for (const [position, count] of counts) if (count > (counts.get(found) ?? 0)) found = position;
  return found;
}
