import type { Fence } from "../../contracts/fence.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { requireVersion } from "../site/edit.ts";
import { noSuchFence, subjectOf } from "./subject.ts";

export type RemoveFenceInput = { id: string; version: number };

/** Takes a fence out of force and returns it as it was; a site goes back to its circle. */
export async function removeFence(context: Context, { id, version }: RemoveFenceInput): Promise<Fence> {
  requireRole(context.actor, "admin");
  const { id: actor } = context.actor;
  const fence = await context.transaction(async ({ sites, fences, audit }) => {
    await sites.hold();
    const before = await fences.get(id);
    if (!before) throw noSuchFence();
    requireVersion(before, version, "fence");
    await fences.remove(id, actor);
    await audit({ actor, action: "fence.remove", subject: subjectOf(before), before: { ...before } });
    return before;
  });
  context.fencesChanged();
  return fence;
}
