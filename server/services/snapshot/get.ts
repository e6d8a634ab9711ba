import { AppError } from "../../platform/errors.ts";
import { requirePresent } from "../as-of.ts";
import type { Context } from "../context.ts";
import type { SnapshotId, StoredSnapshot } from "../ports.ts";
import { requireRole } from "../require-role.ts";
import type { BusinessLinkRef, StoredProvenance } from "./port.ts";

export type GetSnapshotInput = SnapshotId & { asOf?: string | undefined };

export type SnapshotView = StoredSnapshot & { provenance: StoredProvenance; links: BusinessLinkRef[] };

/** The merged image of one row of another system, which change set each field, and what the tower made of the row. */
export async function getSnapshot(context: Context, { asOf, ...id }: GetSnapshotInput): Promise<SnapshotView> {
  requireRole(context.actor, "planner");
  requirePresent(asOf);
  const snapshot = await context.snapshots.get(id);
  if (!snapshot) throw new AppError("not_found", "no such snapshot");
  const [provenance, links] = await Promise.all([context.snapshots.provenance(id), context.snapshots.links(id)]);
  return { ...snapshot, provenance, links };
}
