import type { Fence } from "../contracts/fence.ts";
import { FenceShape } from "../contracts/fence.ts";
import { SITE_RADIUS_M } from "../contracts/site.ts";
import type { FenceReader, FenceWriter, LineFences } from "../services/fence/port.ts";
import type { Db } from "./client.ts";

const IN_FORCE = { deletedAt: null };

export function createFenceReader(db: Db): FenceReader {
  return {
    async list({ afterId, limit }) {
      const where = { ...IN_FORCE, ...(afterId !== null && { id: { gt: afterId } }) };
      return (await db.fence.findMany({ where, orderBy: { id: "asc" }, take: limit })).map(toFence);
    },
  };
}

/** For use under `SiteWriter.hold`: what is read here is so until the transaction ends. */
export function createFenceWriter(db: Db): FenceWriter {
  const found = (row: FenceRow | null): Fence | null => row && toFence(row);
  return {
    get: async (id) => found(await db.fence.findFirst({ where: { ...IN_FORCE, id } })),
    ofSite: async (siteId) => found(await db.fence.findFirst({ where: { ...IN_FORCE, siteId } })),
    add: async ({ name, siteId, shape }, updatedBy) =>
      toFence(await db.fence.create({ data: { name, siteId, shape, updatedBy } })),
    save: async (id, { name, shape }, updatedBy) =>
      toFence(
        await db.fence.update({
          where: { id },
          data: { name, shape, updatedBy, updatedAt: new Date(), version: { increment: 1 } },
        }),
      ),
    async remove(id, updatedBy) {
      const now = new Date();
      await db.fence.update({ where: { id }, data: { deletedAt: now, updatedAt: now, updatedBy } });
    },
  };
}

/** Reads every fence there is for the telemetry line, in one statement so that they fit one another. */
export function createLineFences(db: Db): LineFences {
  return async function lineFences() {
    const rows = await db.$queryRaw<{ id: string; shape: unknown }[]>`
      select site.id,
        coalesce(fence.shape, jsonb_build_object('kind', 'circle',
          'latitude', coalesce(edit.latitude, site.latitude),
          'longitude', coalesce(edit.longitude, site.longitude),
          'radiusM', coalesce(edit.radius_m, site.radius_m, ${SITE_RADIUS_M}::float8))) as shape
      from site
        left join site_edit as edit on edit.site_id = site.id
        left join fence on fence.site_id = site.id and fence.deleted_at is null
      where fence.id is not null or coalesce(edit.latitude, site.latitude) is not null
      union all
      select 'fence:' || id, shape from fence where site_id is null and deleted_at is null
      order by 1`;
    return rows.map(({ id, shape }) => ({ id, shape: FenceShape.parse(shape) }));
  };
}

type FenceRow = { id: string; name: string; siteId: string | null; shape: unknown; version: number };

const toFence = ({ id, name, siteId, shape, version }: FenceRow): Fence => ({
  id,
  name,
  siteId,
  shape: FenceShape.parse(shape),
  version,
});
