import { FenceShape, type LineFence } from "../contracts/fence.ts";
import type { Db } from "./client.ts";

/** The fence of a site of which nobody has said how large it is. */
const RADIUS_M = 500;

type SiteCircle = { id: string; latitude: number; longitude: number; radius_m: number | null };
type DrawnFence = { id: string; site_id: string | null; shape: unknown };

/**
 * The fences that the telemetry line follows: the circle of each site that has a place (an admin's edits over what the
 * source says), or the shape that was drawn in its stead; and the fences of one's own.
 */
export async function readLineFences(db: Db): Promise<LineFence[]> {
  const sites = await db.$queryRaw<SiteCircle[]>`
    select site.id, coalesce(edit.latitude, site.latitude) as latitude,
      coalesce(edit.longitude, site.longitude) as longitude, coalesce(edit.radius_m, site.radius_m) as radius_m
    from site left join site_edit as edit on edit.site_id = site.id
    where coalesce(edit.latitude, site.latitude) is not null and coalesce(edit.longitude, site.longitude) is not null`;
  const drawn = await db.$queryRaw<DrawnFence[]>`
    select id, site_id, shape from fence where deleted_at is null order by updated_at, id`;
  const fences = new Map<string, LineFence>();
  for (const { id, latitude, longitude, radius_m } of sites) {
    fences.set(id, { id, shape: { kind: "circle", latitude, longitude, radiusM: radius_m ?? RADIUS_M } });
  }
  for (const { id, site_id, shape } of drawn) {
    const fenceId = site_id ?? `fence:${id}`;
    fences.set(fenceId, { id: fenceId, shape: FenceShape.parse(shape) });
  }
  return [...fences.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
