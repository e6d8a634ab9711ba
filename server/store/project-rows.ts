import type { Touched } from "../contracts/live-room.ts";
import type { Change } from "../domain/change.ts";
import { type SourceRow, toSourceRow } from "../domain/source-row.ts";
import type { Logger } from "../platform/logger.ts";
import { fieldsSince, isTimed, timedFieldsOf } from "../projections/field-history.ts";
import type { Projection } from "../projections/projection.ts";
import { createProjector, refName } from "../projections/projector.ts";
import type { AppliedChanges } from "./changes.ts";
import type { Db } from "./client.ts";
import { CHANGES_MAX } from "./field-history.ts";
import { lockNames } from "./object-locks.ts";
import { findLinkChanges, projectObjects } from "./project-objects.ts";
import { findStockClaims, movementLocks, projectStock } from "./project-stock.ts";
import { projectSites } from "./sites.ts";
import { stubSites } from "./stub-sites.ts";

type ChangedRows = Pick<AppliedChanges, "moved" | "unmoved">;

/**
 * Keeps what the rows mean equal to their images, in the transaction that moved them: business objects, stock and
 * sites. Returns what changed, to be told once the transaction has committed.
 */
export function createRowProjector({ projections, logger }: { projections: readonly Projection[]; logger: Logger }) {
  const projector = createProjector(projections);
  return async function projectRows(
    db: Db,
    { moved, unmoved }: ChangedRows,
    /** Rows that are as they were, made into what they mean by a newer program: whatever they name is made anew. */
    { isRefold }: { isRefold: boolean } = { isRefold: false },
  ): Promise<Touched> {
    // A late change may be the one in which something happened that later changes only repeat.
    const retold = unmoved.filter(({ row }) => isTimed(row));
    const changed = [...moved, ...retold];
    const rows = changed.map(({ row, image, history }) => withSince(toSourceRow(row, image), history));
    const known = rows.filter((_, index) => changed[index]!.history === null);
    const links = await findLinkChanges(db, projector, { rows, known, isRefold });
    const claims = findStockClaims(rows);
    await lockNames(db, "object", [...links.dirty.map(refName), ...movementLocks(claims)]);
    const objects = await projectObjects(db, { projector, logger }, links);
    const stock = await projectStock(db, logger, claims, { isRefold });
    const told = await projectSites(db, moved);
    return { objects, stock, sites: [...told, ...(await stubSites(db, rows))] };
  };
}

/** Of a row that was not there before all changes are at hand, and none has to be read. */
function withSince(row: SourceRow, history: readonly Change[] | null): SourceRow {
  if (history === null || !isTimed(row)) return row;
  const inOrder = history.toSorted((a, b) => (a.position < b.position ? -1 : 1)).slice(-CHANGES_MAX);
  return Object.assign(row, { since: fieldsSince(inOrder, timedFieldsOf(row)) });
}

export type ProjectRows = ReturnType<typeof createRowProjector>;
