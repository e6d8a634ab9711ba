import type { SiteFacts, SiteWriter } from "../services/site/port.ts";
import type { Db } from "./client.ts";
import { createSiteReader } from "./site-list.ts";
import { slicesOf } from "./slices.ts";

/** The class of the advisory lock that all changes of sites and fences share. */
const LOCK_SITES = 4203;
const ROW_BYTES = 200;

export function createSiteWriter(db: Db): SiteWriter {
  return {
    get: createSiteReader(db).get,

    async hold() {
      await db.$executeRaw`select pg_advisory_xact_lock(${LOCK_SITES}::int, 0)`;
    },

    async edits(ids) {
      const rows = await db.$queryRaw<(SiteFacts & { siteId: string })[]>`
        select site_id as "siteId", name, latitude, longitude, time_zone as "timeZone", radius_m as "radiusM"
        from site_edit where site_id = any(${[...ids]}::text[])`;
      return new Map(rows.map(({ siteId, ...facts }) => [siteId, facts]));
    },

    async saveEdits(edits, updatedBy) {
      for (const slice of slicesOf(edits, () => ROW_BYTES)) await saveSlice(db, slice, updatedBy);
    },

    async add(sites) {
      for (const slice of slicesOf(sites, () => ROW_BYTES))
        await db.$executeRaw`
          insert into site (id, kind, name)
          select id, kind, name
          from jsonb_to_recordset(${JSON.stringify(slice)}::jsonb) as sent (id text, kind text, name text)`;
    },
  };
}

async function saveSlice(db: Db, edits: readonly { id: string; facts: SiteFacts }[], updatedBy: string): Promise<void> {
  const column = <T>(pick: (facts: SiteFacts) => T): T[] => edits.map(({ facts }) => pick(facts));
  await db.$executeRaw`
    insert into site_edit (site_id, name, latitude, longitude, time_zone, radius_m, updated_by)
    select site_id, name, latitude, longitude, time_zone, radius_m, ${updatedBy}
    from unnest(
      ${edits.map(({ id }) => id)}::text[],
      ${column(({ name }) => name)}::text[],
      ${column(({ latitude }) => latitude)}::float8[],
      ${column(({ longitude }) => longitude)}::float8[],
      ${column(({ timeZone }) => timeZone)}::text[],
      ${column(({ radiusM }) => radiusM)}::float8[]
    ) as sent (site_id, name, latitude, longitude, time_zone, radius_m)
    on conflict (site_id) do update set
      name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude,
      time_zone = excluded.time_zone, radius_m = excluded.radius_m,
      version = site_edit.version + 1, updated_at = now(), updated_by = excluded.updated_by`;
}
