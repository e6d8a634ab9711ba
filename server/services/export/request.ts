import type { ExportInput } from "../../contracts/export-job.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { columnsOf } from "./columns.ts";
import type { StoredExport } from "./port.ts";

const OPEN_MAX = 3;
const LISTED_MAX = 20;

/** Asks for a file of what a list shows. It is made in the background; whoever asked follows it by its id. */
export async function requestExport(context: Context, input: ExportInput): Promise<StoredExport> {
  requireRole(context.actor, "planner");
  // Wrong columns are told now, not by a failed job.
  columnsOf(input);
  const job = await context.transaction(async ({ exports, audit }) => {
    if ((await exports.countOpen(context.actor.id)) >= OPEN_MAX)
      throw new AppError("too_many_requests", `${OPEN_MAX} of your exports are under way; wait for one or cancel it`, {
        retryAfterS: 10,
      });
    const added = await exports.add(context.actor.id, input);
    await audit({ actor: context.actor.id, action: "export.request", subject: `export:${added.id}`, after: input });
    return added;
  });
  context.exportWorks.take(job, context.actor);
  return job;
}

export async function listExports(context: Context): Promise<StoredExport[]> {
  requireRole(context.actor, "planner");
  return context.exports.list(context.actor.id, LISTED_MAX);
}

/** Exports are of whoever asked for them: to others they are not there. */
export async function getExport(context: Context, id: string): Promise<StoredExport> {
  requireRole(context.actor, "planner");
  const job = await context.exports.get(id);
  if (job?.ownerId !== context.actor.id) throw new AppError("not_found", "you have no such export");
  return job;
}

export async function cancelExport(context: Context, id: string): Promise<StoredExport> {
  const job = await getExport(context, id);
  if (job.status !== "queued" && job.status !== "running") throw new AppError("conflict", "this export has ended");
  context.exportWorks.cancel(id);
  await context.transaction(({ audit }) =>
    audit({ actor: context.actor.id, action: "export.cancel", subject: `export:${id}` }),
  );
  return { ...job, status: "cancelled" };
}
