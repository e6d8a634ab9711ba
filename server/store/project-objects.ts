import type { BusinessRef } from "../domain/business-object.ts";
import { rowName } from "../domain/change.ts";
import type { SourceRow } from "../domain/source-row.ts";
import type { Logger } from "../platform/logger.ts";
import { type ProjectedObject, type Projector, refName } from "../projections/projector.ts";
import { type BusinessLink, deleteLinks, insertLinks, linkName, readLinks } from "./business-links.ts";
import { deleteObjects, replaceTerms, writeObjects } from "./business-objects.ts";
import type { Db } from "./client.ts";
import { readFieldsSince } from "./field-history.ts";
import { OBJECT_ROWS_MAX, readLinkedRows } from "./linked-rows.ts";

/** What moved rows do to links, and the objects that have to be made anew. */
export type LinkChanges = { added: BusinessLink[]; removed: BusinessLink[]; dirty: BusinessRef[] };

/** Only the transaction that holds a row's lock changes its links, so they may be read before the objects' locks. */
export async function findLinkChanges(db: Db, projector: Projector, rows: readonly SourceRow[]): Promise<LinkChanges> {
  const read = rows.filter((row) => projector.reads(row));
  const before = (await readLinks(db, read)).filter(({ kind }) => projector.knows(kind));
  const after = read.flatMap((row) => projector.linksOf(row).map((ref): BusinessLink => ({ ...toRowId(row), ...ref })));
  const had = new Set(before.map(linkName));
  const has = new Set(after.map(linkName));
  const added = after.filter((link) => !had.has(linkName(link)));
  const removed = before.filter((link) => !has.has(linkName(link)));
  const said = after.filter((link) => !projector.isMention(link.kind, link));
  const dirty = new Map([...added, ...removed, ...said].map(({ kind, id }) => [refName({ kind, id }), { kind, id }]));
  return { added, removed, dirty: [...dirty.values()] };
}

/** Stores the links and makes the dirty objects anew; returns those that changed. The caller holds their locks. */
export async function projectObjects(
  db: Db,
  { projector, logger }: { projector: Projector; logger: Logger },
  { added, removed, dirty }: LinkChanges,
): Promise<BusinessRef[]> {
  if (dirty.length === 0) return [];
  await deleteLinks(db, removed);
  await insertLinks(db, added);
  const rows = await readLinkedRows(db, dirty, projector);
  const since = await readFieldsSince(db, [
    ...new Map([...rows.values()].flat().map((row) => [rowName(row), row])).values(),
  ]);
  const objects: ProjectedObject[] = [];
  const gone: BusinessRef[] = [];
  for (const ref of dirty) {
    const own = rows.get(refName(ref))!.map((row) => withSince(row, since.get(rowName(row))));
    if (own.length > OBJECT_ROWS_MAX) logger.warn({ ...ref, rowsMax: OBJECT_ROWS_MAX }, "object has too many rows");
    const object = projector.project(ref, own.slice(0, OBJECT_ROWS_MAX));
    if (object) objects.push(object);
    else gone.push(ref);
  }
  const changed = await writeObjects(db, objects);
  const names = new Set(changed.map(refName));
  await replaceTerms(
    db,
    objects.filter((object) => names.has(refName(object))),
  );
  return [...changed, ...(await deleteObjects(db, gone))];
}

/** Keeps what the row reads only when it is asked for. */
const withSince = (row: SourceRow, since: SourceRow["since"]): SourceRow =>
  since === undefined ? row : Object.assign(row, { since });

const toRowId = ({ system, entity, key }: SourceRow) => ({ system, entity, key });
