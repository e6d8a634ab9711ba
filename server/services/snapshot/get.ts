import { AppError } from "../../platform/errors.ts";
import { requirePresent } from "../as-of.ts";
import type { Context } from "../context.ts";
import type { SnapshotId, StoredSnapshot } from "../ports.ts";
import { requireRole } from "../require-role.ts";

export type GetSnapshotInput = SnapshotId & { asOf?: string | undefined };

/** The merged image of one row of another system, as its changes have told it so far. */
export async function getSnapshot(context: Context, { asOf, ...id }: GetSnapshotInput): Promise<StoredSnapshot> {
  requireRole(context.actor, "planner");
  requirePresent(asOf);
  const snapshot = await context.snapshots.get(id);
  if (!snapshot) throw new AppError("not_found", "no such snapshot");
  return snapshot;
}
