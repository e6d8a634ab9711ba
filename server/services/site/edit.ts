import type { SiteEdit } from "../../contracts/site.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { NO_FACTS, type SiteFacts, type StoredSite } from "./port.ts";
import { shownOf } from "./shown.ts";

export type EditSiteInput = { id: string; edit: SiteEdit };

/** Sets facts of a site over what its source says, or gives them back to the source. */
export async function editSite(context: Context, { id, edit }: EditSiteInput): Promise<StoredSite> {
  requireRole(context.actor, "admin");
  const { id: actor } = context.actor;
  const site = await context.transaction(async ({ sites, audit }) => {
    await sites.hold();
    const [before] = await sites.get([id]);
    if (!before) throw noSuchSite();
    requireVersion(before, edit.version, "site");
    const facts = withEdit((await sites.edits([id])).get(id) ?? NO_FACTS, edit);
    await sites.saveEdits([{ id, facts }], actor);
    const [after] = await sites.get([id]);
    if (!after) throw noSuchSite();
    const changed = shownOf(before, after);
    await audit({ actor, action: "site.edit", subject: `site:${id}`, ...changed });
    return after;
  });
  context.fencesChanged();
  return site;
}

function withEdit(facts: SiteFacts, { name, place, timeZone, radiusM }: SiteEdit): SiteFacts {
  return {
    ...facts,
    ...(name !== undefined && { name }),
    ...(place !== undefined && { latitude: place?.latitude ?? null, longitude: place?.longitude ?? null }),
    ...(timeZone !== undefined && { timeZone }),
    ...(radiusM !== undefined && { radiusM }),
  };
}

/** Of two people who change one thing, the second is told: what they saw is no longer so. */
export function requireVersion(found: { version: number }, seen: number, what: string): void {
  if (found.version !== seen)
    throw new AppError("conflict", `this ${what} has been changed since: it is version ${found.version} now`);
}

export function noSuchSite(): AppError {
  return new AppError("not_found", "no such site");
}
