import type { BusinessRef } from "../domain/business-object.ts";
import { rowName } from "../domain/change.ts";
import type { SourceRow } from "../domain/source-row.ts";
import type { Logger } from "../platform/logger.ts";
import { type ProjectedObject, type Projector, refName } from "../projections/projector.ts";
import { type BusinessLink, deleteLinks, insertLinks, linkName, readLinks } from "./business-links.ts";
import { deleteObjects, insertTerms, replaceTerms, writeObjects } from "./business-objects.ts";
import type { Db } from "./client.ts";
import { readFieldsSince } from "./field-history.ts";
import { OBJECT_ROWS_MAX, readLinkedRows } from "./linked-rows.ts";

/** What moved rows do to links, and the objects that have to be made anew. */
export type LinkChanges = {
  added: BusinessLink[];
  removed: BusinessLink[];
  dirty: BusinessRef[];
  /** The moved rows, which need not be read again, and by `refName` those that are a part of an object. */
  held: { rows: SourceRow[]; byObject: ReadonlyMap<string, SourceRow[]> };
};

/**
 * Only the transaction that holds a row's lock changes its links, so they may be read before the objects' locks. A row
 * that is not among the `known` was not there before and has none.
 */
export async function findLinkChanges(
  db: Db,
  projector: Projector,
  { rows, known, isRefold }: { rows: readonly SourceRow[]; known: readonly SourceRow[]; isRefold: boolean },
): Promise<LinkChanges> {
  const held = rows.filter((row) => projector.reads(row));
  const before = (
    await readLinks(
      db,
      known.filter((row) => projector.reads(row)),
    )
  ).filter(({ kind }) => projector.knows(kind));
  const after: BusinessLink[] = [];
  const byObject = new Map<string, SourceRow[]>();
  for (const row of held) {
    for (const ref of projector.linksOf(row)) {
      after.push({ ...toRowId(row), ...ref });
      if (projector.isMention(ref.kind, row)) continue;
      const name = refName(ref);
      const own = byObject.get(name);
      if (own) own.push(row);
      else byObject.set(name, [row]);
    }
  }
  const had = new Set(before.map(linkName));
  const has = new Set(after.map(linkName));
  const added = after.filter((link) => !had.has(linkName(link)));
  const removed = before.filter((link) => !has.has(linkName(link)));
  const said = after.filter((link) => isRefold || !projector.isMention(link.kind, link));
  const dirty = new Map([...added, ...removed, ...said].map(({ kind, id }) => [refName({ kind, id }), { kind, id }]));
  return { added, removed, dirty: [...dirty.values()], held: { rows: held, byObject } };
}

/** Stores the links and makes the dirty objects anew; returns those that changed. The caller holds their locks. */
export async function projectObjects(
  db: Db,
  { projector, logger }: { projector: Projector; logger: Logger },
  { added, removed, dirty, held }: LinkChanges,
): Promise<BusinessRef[]> {
  if (dirty.length === 0) return [];
  await deleteLinks(db, removed);
  await insertLinks(db, added);
  const others = await readLinkedRows(db, dirty, projector, { except: held.rows });
  const rowsOf = (ref: BusinessRef) => newestRows(others.get(refName(ref))!, held.byObject.get(refName(ref)) ?? []);
  const rows = new Map(dirty.map((ref) => [refName(ref), rowsOf(ref)]));
  const unsure = [...rows.values()].flat().filter(({ since }) => since === undefined);
  const since = await readFieldsSince(db, [...new Map(unsure.map((row) => [rowName(row), row])).values()]);
  const objects: ProjectedObject[] = [];
  const gone: BusinessRef[] = [];
  for (const ref of dirty) {
    const own = rows.get(refName(ref))!.map((row) => withSince(row, since.get(rowName(row))));
    if (own.length > OBJECT_ROWS_MAX) logger.warn({ ...ref, rowsMax: OBJECT_ROWS_MAX }, "object has too many rows");
    const object = projector.project(ref, own.slice(0, OBJECT_ROWS_MAX));
    if (object) objects.push(object);
    else gone.push(ref);
  }
  const { added: made, changed } = await writeObjects(db, objects);
  await insertTerms(db, made);
  await replaceTerms(db, changed);
  return [...made.map(toRef), ...changed.map(toRef), ...(await deleteObjects(db, gone))];
}

/** Both together, of too many the newest: the same ones whichever of them happen to be at hand. */
function newestRows(others: readonly SourceRow[], held: readonly SourceRow[]): SourceRow[] {
  const all = [...others, ...held];
  if (all.length <= OBJECT_ROWS_MAX) return all;
  const name = ({ system, entity, key }: SourceRow) => `${system} ${entity} ${key}`;
  return all.sort((a, b) =>
    a.position === b.position ? (name(a) < name(b) ? -1 : 1) : a.position > b.position ? -1 : 1,
  );
}

const toRef = ({ kind, id }: BusinessRef): BusinessRef => ({ kind, id });

/** Keeps what the row reads only when it is asked for. */
const withSince = (row: SourceRow, since: SourceRow["since"]): SourceRow =>
  since === undefined ? row : Object.assign(row, { since });

const toRowId = ({ system, entity, key }: SourceRow) => ({ system, entity, key });
