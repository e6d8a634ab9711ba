import type { BusinessKind, BusinessObjects, BusinessRef } from "../domain/business-object.ts";
import { type RowId, rowName } from "../domain/change.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { type ProjectedObject, type Projector, refName } from "../projections/projector.ts";
import type { BusinessObjectReader } from "../services/business/port.ts";
import { pastRows } from "./as-of-rows.ts";
import { readLinks } from "./business-links.ts";
import { createBusinessObjectReader } from "./business-object-reader.ts";
import type { Db } from "./client.ts";
import { readFieldsSince } from "./field-history.ts";
import { OBJECT_ROWS_MAX, readLinkedRows } from "./linked-rows.ts";
import { recentlyClosed } from "./recently-closed.ts";

const ROWS_AT_ONCE = 500;
const OBJECTS_AT_ONCE = 200;
const PAGE_SIZE = 1_000;

/** Objects that are another now than at the moment: as they were then, or `null` where they were not there. */
type Then = Map<string, { ref: BusinessRef; object: ProjectedObject | null }>;

export type PastObjects = BusinessObjectReader & {
  /** Ids of a kind's objects that were closed by then, their newest record not before `sinceMs`; the newest first. */
  closedSince(kind: BusinessKind, sinceMs: number, limit: number): Promise<string[]>;
};

/**
 * Business objects as the changes up to a moment make them. Only those are folded that a row belongs to, or belonged to,
 * which changed after it (`changed`); every other one is what it is now. So it costs what has happened since.
 */
export async function createPastObjects(
  db: Db,
  { projector, changed, atMs }: { projector: Projector; changed: readonly RowId[]; atMs: number },
): Promise<PastObjects> {
  const links = await findLinks(db, projector, changed, atMs);
  const then: Then = new Map();
  for (const refs of slices([...links.refs.values()], OBJECTS_AT_ONCE)) {
    for (const [name, object] of await foldObjects(db, { projector, atMs, refs, rowsOf: links.rowsOf }))
      then.set(name, object);
  }
  return createReader(db, then);
}

/** What changed rows belong to now or belonged to then, and which of them belonged to an object then. */
async function findLinks(db: Db, projector: Projector, changed: readonly RowId[], atMs: number) {
  const refs = new Map<string, BusinessRef>();
  const rowsOf = new Map<string, RowId[]>();
  for (const rows of slices(
    changed.filter((row) => projector.reads(row)),
    ROWS_AT_ONCE,
  )) {
    for (const { kind, id } of await readLinks(db, rows)) refs.set(refName({ kind, id }), { kind, id });
    for (const row of (await pastRows(db, rows, atMs)).values()) {
      for (const ref of projector.linksOf(row)) {
        const name = refName(ref);
        refs.set(name, ref);
        const own = rowsOf.get(name) ?? [];
        rowsOf.set(name, own);
        own.push({ system: row.system, entity: row.entity, key: row.key });
      }
    }
  }
  return { refs, rowsOf };
}

async function foldObjects(
  db: Db,
  {
    projector,
    atMs,
    refs,
    rowsOf,
  }: { projector: Projector; atMs: number; refs: readonly BusinessRef[]; rowsOf: ReadonlyMap<string, RowId[]> },
): Promise<Then> {
  const unchanged = await readLinkedRows(db, refs, projector, { unchangedSince: new Date(atMs) });
  const since = await readFieldsSince(db, distinct([...unchanged.values()].flat()));
  const wanted = distinct(refs.flatMap((ref) => rowsOf.get(refName(ref)) ?? []));
  const past = new Map<string, SourceRow>();
  for (const rows of slices(wanted, ROWS_AT_ONCE))
    for (const [name, row] of await pastRows(db, rows, atMs)) past.set(name, row);

  return new Map(
    refs.map((ref) => {
      const name = refName(ref);
      const same = (unchanged.get(name) ?? []).map((row) => withSince(row, since.get(rowName(row))));
      const other = (rowsOf.get(name) ?? []).flatMap((row) => past.get(rowName(row)) ?? []);
      const rows = oneMention(projector, ref, [...same, ...other]).slice(0, OBJECT_ROWS_MAX);
      return [name, { ref, object: projector.project(ref, rows) }];
    }),
  );
}

/** A fold sees one row of an entity that only mentions its object. */
function oneMention(projector: Projector, { kind }: BusinessRef, rows: readonly SourceRow[]): SourceRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    if (!projector.isMention(kind, row)) return true;
    const name = `${row.system}.${row.entity}`;
    return !seen.has(name) && seen.add(name);
  });
}

function createReader(db: Db, then: Then): PastObjects {
  const now = createBusinessObjectReader(db);
  const isOther = (kind: BusinessKind, id: string) => then.has(refName({ kind, id }));
  const all = <Kind extends BusinessKind>(kind: Kind) =>
    [...then.values()].flatMap(({ ref, object }) => (ref.kind === kind && object ? [object] : []));
  const bodies = <Kind extends BusinessKind>(objects: readonly ProjectedObject[]) =>
    objects.map(({ body }) => body as BusinessObjects[Kind]);

  return {
    async get(kind, ids) {
      const same = ids.filter((id) => !isOther(kind, id));
      const others = ids.flatMap((id) => then.get(refName({ kind, id }))?.object ?? []);
      return [...(same.length === 0 ? [] : await now.get(kind, same)), ...bodies<typeof kind>(others)];
    },

    /** All of them in the first page: whoever asks about a moment keeps them all. */
    async openOf(kind, { afterId }) {
      if (afterId !== null) return [];
      const found = bodies<typeof kind>(all(kind).filter(({ isClosed }) => !isClosed));
      for (let after: string | null = null; ; ) {
        const page: BusinessObjects[typeof kind][] = await now.openOf(kind, { afterId: after, limit: PAGE_SIZE });
        found.push(...page.filter(({ id }) => !isOther(kind, id)));
        if (page.length < PAGE_SIZE) return found;
        after = page.at(-1)!.id;
      }
    },

    async relatedTo(kind, refs) {
      const names = new Set(refs.map(refName));
      const others = all(kind).filter(({ related }) => related.some((name) => names.has(name)));
      const same = (await now.relatedTo(kind, refs)).filter(({ id }) => !isOther(kind, id));
      return [...same, ...bodies<typeof kind>(others)].sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    async closedSince(kind, sinceMs, limit) {
      const same = (await recentlyClosed(db, kind, sinceMs, limit)).filter((id) => !isOther(kind, id));
      const closed = [...bodies(all(kind)), ...(await now.get(kind, same))].filter(({ isClosed }) => isClosed);
      const recordMs = ({ record }: BusinessObjects[BusinessKind]) => record?.timestampMs ?? 0;
      return closed
        .filter((object) => recordMs(object) >= sinceMs)
        .sort((a, b) => recordMs(b) - recordMs(a))
        .slice(0, limit)
        .map(({ id }) => id);
    },
  };
}

const distinct = <Row extends RowId>(rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [rowName(row), row])).values(),
];

const withSince = (row: SourceRow, since: SourceRow["since"]): SourceRow =>
  since === undefined ? row : Object.assign(row, { since });

function* slices<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
