import { type RowId, rowName } from "../domain/change.ts";
import { type ChangeImage, type ImageField, isDeleted, isStale, NEVER } from "../domain/change-image.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { asJson } from "./as-json.ts";
import type { Db } from "./client.ts";

/** A stored image as one JSON array: read like this, it costs the driver a tenth of what its columns would. */
export type PackedImage = [
  system: string,
  entity: string,
  key: string,
  image: Record<string, unknown>,
  positions: StoredPositions,
  position: string,
  deleted: boolean,
  stale: boolean,
  topic: string,
  partition: number,
  offset: string,
  timestampMs: number,
];

/** Makes a `PackedImage` of a row of `cdc_snapshot`. */
export const PACKED_IMAGE =
  Prisma.raw(`json_build_array(system, entity, key, image, positions, position, deleted, stale,
  topic, partition, record_offset::text, (extract(epoch from record_timestamp) * 1000)::bigint)`);

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
  const [found] = await db.$queryRaw<{ images: string | null }[]>`
    select json_agg(${PACKED_IMAGE})::text as images
    from cdc_snapshot
    join unnest(${systems}::text[], ${entities}::text[], ${keys}::text[]) as wanted (system, entity, key)
      using (system, entity, key)`;
  const images = JSON.parse(found?.images ?? "[]") as PackedImage[];
  return new Map(images.map((image) => [rowName(rowIdOf(image)), toImage(image)]));
}

const rowIdOf = ([system, entity, key]: PackedImage): RowId => ({ system, entity, key });

export async function writeImages(db: Db, images: readonly { row: RowId; image: ChangeImage }[]): Promise<void> {
  if (images.length === 0) return;
  await db.$executeRaw`
    insert into cdc_snapshot (system, entity, key, image, positions, deleted, stale, position,
      topic, partition, record_offset, record_timestamp)
    select system, entity, key, image, positions, deleted, stale, position,
      topic, partition, record_offset, record_timestamp
    from jsonb_to_recordset(${asJson(images.map(toImageRow))}) as merged (
      system text, entity text, key text, image jsonb, positions jsonb, deleted boolean, stale boolean, position text,
      topic text, partition integer, record_offset bigint, record_timestamp timestamptz)
    on conflict (system, entity, key) do update set
      image = excluded.image, positions = excluded.positions, deleted = excluded.deleted, stale = excluded.stale,
      position = excluded.position, topic = excluded.topic, partition = excluded.partition,
      record_offset = excluded.record_offset, record_timestamp = excluded.record_timestamp, updated_at = now()`;
}

/** An image as a row of `cdc_snapshot`. */
export function toImageRow({ row, image }: { row: RowId; image: ChangeImage }) {
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

function toImage([
  ,
  ,
  ,
  values,
  positions,
  position,
  ,
  ,
  topic,
  partition,
  offset,
  timestampMs,
]: PackedImage): ChangeImage {
  const fields = new Map<string, ImageField>(
    Object.entries(values).map(([name, value]) => [name, { value, position: storedPositionOf(positions, name) }]),
  );
  return {
    fields,
    wholeAt: positions.whole,
    writtenAt: positions.written,
    deletedAt: positions.deleted,
    gapAt: positions.gap,
    position,
    record: { topic, partition, offset: BigInt(offset), timestampMs },
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
