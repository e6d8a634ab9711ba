import type { SiteReader } from "../services/ports.ts";
import type { Db } from "./client.ts";
import { recordRefOf } from "./record-ref.ts";

export function createSiteReader(db: Db): SiteReader {
  return {
    async list({ afterId, limit }) {
      const rows = await db.site.findMany({
        where: afterId === null ? {} : { id: { gt: afterId } },
        orderBy: { id: "asc" },
        take: limit,
      });
      return rows.map(({ id, kind, name, latitude, longitude, timeZone, radiusM, ...record }) => ({
        id,
        kind,
        name,
        latitude,
        longitude,
        timeZone,
        radiusM,
        record: recordRefOf(record),
      }));
    },
  };
}
