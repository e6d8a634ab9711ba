import { SiteRecord } from "../contracts/site.ts";
import type { RowId } from "../domain/change.ts";
import { type ChangeImage, isDeleted } from "../domain/change-image.ts";
import type { Db } from "./client.ts";

const isSite = ({ system, entity }: RowId): boolean => system === "master" && entity === "site";

/**
 * Keeps the table of sites equal to their images, in the transaction that moved them, and returns the ids of those that
 * changed. Other images are left alone.
 */
export async function projectSites(db: Db, moved: readonly { row: RowId; image: ChangeImage }[]): Promise<string[]> {
  // In one order: another transaction may be making stubs of the same sites.
  const sites = moved.filter(({ row }) => isSite(row)).sort((a, b) => (a.row.key < b.row.key ? -1 : 1));
  const gone = sites.filter(({ image }) => isDeleted(image)).map(({ row }) => row.key);
  if (gone.length > 0) await db.site.deleteMany({ where: { id: { in: gone } } });
  await upsertSites(
    db,
    sites.filter(({ image }) => !isDeleted(image)).map(({ image }) => toSiteRow(image)),
  );
  return sites.map(({ row }) => row.key);
}

type SiteRow = { site: SiteRecord; record: ChangeImage["record"] };

/** Decimals of an image are text; coordinates lose nothing as doubles. */
const NUMBERS = ["latitude", "longitude", "radiusM"];

/** The connector let only whole, valid sites in, so a failure here is a defect. */
function toSiteRow(image: ChangeImage): SiteRow {
  const values = Object.fromEntries([...image.fields].map(([name, { value }]) => [name, value]));
  const numbers = Object.fromEntries(
    NUMBERS.filter((name) => name in values).map((name) => [name, Number(values[name])]),
  );
  return { site: SiteRecord.parse({ ...values, ...numbers }), record: image.record };
}

async function upsertSites(db: Db, rows: readonly SiteRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <T>(pick: (row: SiteRow) => T): T[] => rows.map(pick);
  await db.$executeRaw`
    insert into site (id, kind, name, latitude, longitude, time_zone, radius_m,
      topic, partition, record_offset, record_timestamp)
    select id, kind, name, latitude, longitude, time_zone, radius_m,
      topic, partition, record_offset, record_timestamp::timestamptz
    from unnest(
      ${column(({ site }) => site.siteId)}::text[],
      ${column(({ site }) => site.kind)}::text[],
      ${column(({ site }) => site.name)}::text[],
      ${column(({ site }) => site.latitude)}::float8[],
      ${column(({ site }) => site.longitude)}::float8[],
      ${column(({ site }) => site.timeZone ?? null)}::text[],
      ${column(({ site }) => site.radiusM ?? null)}::float8[],
      ${column(({ record }) => record.topic)}::text[],
      ${column(({ record }) => record.partition)}::integer[],
      ${column(({ record }) => String(record.offset))}::bigint[],
      ${column(({ record }) => new Date(record.timestampMs).toISOString())}::text[]
    ) as sent (id, kind, name, latitude, longitude, time_zone, radius_m,
      topic, partition, record_offset, record_timestamp)
    on conflict (id) do update set
      kind = excluded.kind, name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude,
      time_zone = excluded.time_zone, radius_m = excluded.radius_m, topic = excluded.topic,
      partition = excluded.partition, record_offset = excluded.record_offset,
      record_timestamp = excluded.record_timestamp`;
}
