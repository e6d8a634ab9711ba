import type { Touched } from "../contracts/live-room.ts";
import type { RowId } from "../domain/change.ts";
import type { ChangeImage } from "../domain/change-image.ts";
import { toSourceRow } from "../domain/source-row.ts";
import type { Logger } from "../platform/logger.ts";
import type { Projection } from "../projections/projection.ts";
import { createProjector, refName } from "../projections/projector.ts";
import type { Db } from "./client.ts";
import { lockNames } from "./object-locks.ts";
import { findLinkChanges, projectObjects } from "./project-objects.ts";
import { projectSites } from "./sites.ts";

/**
 * Keeps what the rows mean equal to their images, in the transaction that moved them: business objects, stock and
 * sites. Returns what changed, to be told once the transaction has committed.
 */
export function createRowProjector({ projections, logger }: { projections: readonly Projection[]; logger: Logger }) {
  const projector = createProjector(projections);
  return async function projectRows(db: Db, moved: readonly { row: RowId; image: ChangeImage }[]): Promise<Touched> {
    const rows = moved.map(({ row, image }) => toSourceRow(row, image));
    const links = await findLinkChanges(db, projector, rows);
    await lockNames(db, "object", links.dirty.map(refName));
    const objects = await projectObjects(db, { projector, logger }, links);
    await projectSites(db, moved);
    return { objects, stock: [], sites: [] };
  };
}

export type ProjectRows = ReturnType<typeof createRowProjector>;
