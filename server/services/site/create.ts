import type { SiteInput } from "../../contracts/site.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { noSuchSite } from "./edit.ts";
import { NO_FACTS, type StoredSite } from "./port.ts";
import { allShown } from "./shown.ts";

/** A site of one's own, that no source names yet. */
export async function createSite(context: Context, input: SiteInput): Promise<StoredSite> {
  requireRole(context.actor, "admin");
  const { id: actor } = context.actor;
  const { id, kind, name, place, timeZone, radiusM } = input;
  const site = await context.transaction(async ({ sites, audit }) => {
    await sites.hold();
    if ((await sites.get([id])).length > 0) throw new AppError("conflict", `there is a site ${id} already`);
    await sites.add([{ id, kind, name }]);
    const facts = { ...NO_FACTS, latitude: place?.latitude ?? null, longitude: place?.longitude ?? null };
    await sites.saveEdits([{ id, facts: { ...facts, timeZone, radiusM } }], actor);
    const [made] = await sites.get([id]);
    if (!made) throw noSuchSite();
    await audit({ actor, action: "site.create", subject: `site:${id}`, after: allShown(made) });
    return made;
  });
  context.fencesChanged();
  return site;
}
