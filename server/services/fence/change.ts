import type { Fence, FenceChange } from "../../contracts/fence.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { requireVersion } from "../site/edit.ts";
import { noSuchFence, subjectOf } from "./subject.ts";

export type ChangeFenceInput = { id: string; change: FenceChange };

export async function changeFence(context: Context, { id, change }: ChangeFenceInput): Promise<Fence> {
  requireRole(context.actor, "admin");
  const { id: actor } = context.actor;
  const { version, name, shape } = change;
  const fence = await context.transaction(async ({ sites, fences, audit }) => {
    await sites.hold();
    const before = await fences.get(id);
    if (!before) throw noSuchFence();
    requireVersion(before, version, "fence");
    const after = await fences.save(id, { name, shape }, actor);
    await audit({
      actor,
      action: "fence.change",
      subject: subjectOf(after),
      before: { id, name: before.name, shape: before.shape },
      after: { id, name, shape },
    });
    return after;
  });
  context.fencesChanged();
  return fence;
}
