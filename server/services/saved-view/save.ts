import type { SavedViewInput } from "../../contracts/saved-view.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../ports.ts";
import { requireRole } from "../require-role.ts";
import type { StoredView } from "./port.ts";

const VIEWS_MAX = 200;

/** The views of a page that the caller may open: their own, and those others share. */
export async function listViews(context: Context, page: SavedViewInput["page"]): Promise<StoredView[]> {
  requireRole(context.actor, "planner");
  return context.views.list({ page, ownerId: context.actor.id, limit: VIEWS_MAX });
}

export async function addView(context: Context, input: SavedViewInput): Promise<StoredView> {
  requireRole(context.actor, "planner");
  return context.transaction(async ({ views, audit }) => {
    if ((await views.count(context.actor.id)) >= VIEWS_MAX)
      throw new AppError("conflict", `you have ${VIEWS_MAX} views; remove some first`);
    const view = await views.add(context.actor.id, input);
    if (!view) throw nameTaken();
    await audit({ actor: context.actor.id, action: "view.save", subject: `view:${view.id}`, after: input });
    return view;
  });
}

export async function replaceView(
  context: Context,
  { id, version, ...input }: SavedViewInput & { id: string; version: number },
): Promise<StoredView> {
  requireRole(context.actor, "planner");
  return context.transaction(async ({ views, audit }) => {
    const before = await requireOwn(context, views, id);
    if (before.version !== version) throw new AppError("conflict", "somebody has changed this meanwhile");
    const view = await views.replace(id, version, input);
    if (!view) throw nameTaken();
    await audit({ actor: context.actor.id, action: "view.change", subject: `view:${id}`, before, after: input });
    return view;
  });
}

export async function removeView(context: Context, id: string): Promise<StoredView> {
  requireRole(context.actor, "planner");
  return context.transaction(async ({ views, audit }) => {
    const before = await requireOwn(context, views, id);
    await views.remove(id);
    await audit({ actor: context.actor.id, action: "view.remove", subject: `view:${id}`, before });
    return before;
  });
}

/** Whose view it is, is nobody else's business: to others it is not there. */
async function requireOwn(context: Context, views: Transaction["views"], id: string): Promise<StoredView> {
  const view = await views.get(id);
  if (view?.ownerId !== context.actor.id) throw new AppError("not_found", "you have no such view");
  return view;
}

const nameTaken = () =>
  new AppError("conflict", "you have a view of this name", { fields: [{ path: "/name", message: "is taken" }] });
