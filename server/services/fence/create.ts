import type { Fence, FenceInput } from "../../contracts/fence.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { subjectOf } from "./subject.ts";

/** A fence of one's own, or one in place of a site's circle. A site has one at most. */
export async function createFence(context: Context, { name, shape, siteId = null }: FenceInput): Promise<Fence> {
  requireRole(context.actor, "admin");
  const { id: actor } = context.actor;
  const fence = await context.transaction(async ({ sites, fences, audit }) => {
    await sites.hold();
    if (siteId !== null) {
      if ((await sites.get([siteId])).length === 0) throw noSuchSiteAt();
      if (await fences.ofSite(siteId)) throw new AppError("conflict", `site ${siteId} has a fence already`);
    }
    const made = await fences.add({ name, siteId, shape }, actor);
    await audit({ actor, action: "fence.create", subject: subjectOf(made), after: { ...made } });
    return made;
  });
  context.fencesChanged();
  return fence;
}

function noSuchSiteAt(): AppError {
  return new AppError("unprocessable", "the fence belongs to a site that is not known", {
    fields: [{ path: "/siteId", message: "no such site" }],
  });
}
