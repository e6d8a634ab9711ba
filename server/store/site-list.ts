import type { Site } from "../contracts/site.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { SiteReader, StoredSite } from "../services/site/port.ts";
import type { Db } from "./client.ts";
import { recordRefOf } from "./record-ref.ts";

type SiteRow = Omit<StoredSite, "edited" | "record"> & {
  topic: string | null;
  partition: number | null;
  recordOffset: bigint | null;
  recordTimestamp: Date | null;
  nameEdited: boolean;
  placeEdited: boolean;
  timeZoneEdited: boolean;
  radiusEdited: boolean;
  fenceEdited: boolean;
};

const EDITED: readonly (readonly [Site["edited"][number], keyof SiteRow])[] = [
  ["name", "nameEdited"],
  ["place", "placeEdited"],
  ["timeZone", "timeZoneEdited"],
  ["radius", "radiusEdited"],
  ["fence", "fenceEdited"],
];

/** Sites as their source and their edits make them. */
export function createSiteReader(db: Db): SiteReader {
  const read = async (which: Prisma.Sql): Promise<StoredSite[]> => {
    const rows = await db.$queryRaw<SiteRow[]>`
      select site.id, kind,
        coalesce(edit.name, site.name) as "name",
        coalesce(edit.latitude, site.latitude) as "latitude",
        coalesce(edit.longitude, site.longitude) as "longitude",
        coalesce(edit.time_zone, site.time_zone) as "timeZone",
        coalesce(edit.radius_m, site.radius_m) as "radiusM",
        coalesce(edit.version, 0) as "version",
        edit.name is not null as "nameEdited",
        edit.latitude is not null as "placeEdited",
        edit.time_zone is not null as "timeZoneEdited",
        edit.radius_m is not null as "radiusEdited",
        exists (select from fence where site_id = site.id and deleted_at is null) as "fenceEdited",
        topic, partition, record_offset as "recordOffset", record_timestamp as "recordTimestamp"
      from site left join site_edit as edit on edit.site_id = site.id
      where ${which}`;
    return rows.map(toSite);
  };
  return {
    list: ({ afterId, limit }) =>
      read(Prisma.sql`${afterId}::text is null or site.id > ${afterId}::text order by site.id limit ${limit}::int`),
    get: (ids) => read(Prisma.sql`site.id = any(${[...ids]}::text[])`),
  };
}

function toSite(row: SiteRow): StoredSite {
  const { id, kind, name, latitude, longitude, timeZone, radiusM, version } = row;
  const edited = EDITED.filter(([, column]) => row[column]).map(([fact]) => fact);
  return { id, kind, name, latitude, longitude, timeZone, radiusM, edited, version, record: recordOf(row) };
}

function recordOf({ topic, partition, recordOffset, recordTimestamp }: SiteRow): StoredSite["record"] {
  if (topic === null || partition === null || recordOffset === null || recordTimestamp === null) return null;
  return recordRefOf({ topic, partition, recordOffset, recordTimestamp });
}
