import type { BusinessRef } from "../domain/business-object.ts";
import type { Term } from "../projections/projection.ts";
import { type ProjectedObject, refName } from "../projections/projector.ts";
import { asJson } from "./as-json.ts";
import type { Db } from "./client.ts";

/** Writes these objects. Tells those that were not there before, and those that became others: their version rises. */
export async function writeObjects(
  db: Db,
  objects: readonly ProjectedObject[],
): Promise<{ added: ProjectedObject[]; changed: ProjectedObject[] }> {
  if (objects.length === 0) return { added: [], changed: [] };
  const rows = objects.map(({ kind, id, body, related, isClosed }) => ({
    ...{ kind, id, body, related, is_closed: isClosed },
  }));
  // As one text, because the driver spends much on each row. A row that was inserted has no older version (`xmax`).
  const [found] = await db.$queryRaw<{ written: string | null }[]>`
    with written as (
      insert into business_object (kind, id, body, related, is_closed)
      select kind, id, body, related, is_closed
      from jsonb_to_recordset(${asJson(rows)})
        as folded (kind text, id text, body jsonb, related text[], is_closed boolean)
      on conflict (kind, id) do update set
        body = excluded.body, related = excluded.related, is_closed = excluded.is_closed,
        version = business_object.version + 1, updated_at = now()
      where business_object.body is distinct from excluded.body or business_object.related <> excluded.related
      returning kind, id, xmax = 0 as is_new)
    select json_agg(json_build_array(kind, id, is_new))::text as written from written`;
  const written = JSON.parse(found?.written ?? "[]") as [BusinessRef["kind"], string, boolean][];
  const isNew = new Map(written.map(([kind, id, added]) => [refName({ kind, id }), added]));
  return {
    added: objects.filter((object) => isNew.get(refName(object)) === true),
    changed: objects.filter((object) => isNew.get(refName(object)) === false),
  };
}

export async function deleteObjects(db: Db, refs: readonly BusinessRef[]): Promise<BusinessRef[]> {
  if (refs.length === 0) return [];
  const { kinds, ids } = columnsOf(refs);
  await db.$executeRaw`
    delete from search_term using unnest(${kinds}::text[], ${ids}::text[]) as gone (kind, id)
    where search_term.kind = gone.kind and search_term.id = gone.id`;
  return db.$queryRaw<BusinessRef[]>`
    delete from business_object using unnest(${kinds}::text[], ${ids}::text[]) as gone (kind, id)
    where business_object.kind = gone.kind and business_object.id = gone.id
    returning business_object.kind, business_object.id`;
}

type StoredTerm = BusinessRef & Term;

/** The terms of objects that were not there before. */
export async function insertTerms(db: Db, objects: readonly ProjectedObject[]): Promise<void> {
  const terms = objects.flatMap(termsOf);
  if (terms.length === 0) return;
  await db.$executeRaw`
    insert into search_term (term, kind, id, title)
    select term, kind, id, title
    from jsonb_to_recordset(${asJson(terms)}) as sent (term text, kind text, id text, title text)
    on conflict (term, kind, id) do update set title = excluded.title`;
}

/** Makes the search terms of these objects what they are to be. Most stay as they are: they are only read. */
export async function replaceTerms(db: Db, objects: readonly ProjectedObject[]): Promise<void> {
  if (objects.length === 0) return;
  const { kinds, ids } = columnsOf(objects);
  const [found] = await db.$queryRaw<{ terms: string | null }[]>`
    select json_agg(json_build_object('kind', kind, 'id', id, 'term', term, 'title', title))::text as terms
    from search_term join unnest(${kinds}::text[], ${ids}::text[]) as own (kind, id) using (kind, id)`;
  const stored = new Map((JSON.parse(found?.terms ?? "[]") as StoredTerm[]).map((term) => [termName(term), term]));
  const wanted = new Map(objects.flatMap(termsOf).map((term) => [termName(term), term]));
  const gone = [...stored].filter(([name]) => !wanted.has(name)).map(([, term]) => term);
  if (gone.length > 0) {
    await db.$executeRaw`
      delete from search_term
      using jsonb_to_recordset(${asJson(gone)}) as gone (kind text, id text, term text)
      where search_term.kind = gone.kind and search_term.id = gone.id and search_term.term = gone.term`;
  }
  const others = objects.map((object) => ({
    ...object,
    terms: object.terms.filter((term) => stored.get(termName({ ...toRef(object), ...term }))?.title !== term.title),
  }));
  await insertTerms(db, others);
}

const toRef = ({ kind, id }: BusinessRef): BusinessRef => ({ kind, id });
const termsOf = ({ kind, id, terms }: ProjectedObject): StoredTerm[] => terms.map((term) => ({ kind, id, ...term }));
const termName = ({ kind, id, term }: StoredTerm): string => JSON.stringify([kind, id, term]);

function columnsOf(refs: readonly BusinessRef[]) {
  return { kinds: refs.map(({ kind }) => kind), ids: refs.map(({ id }) => id) };
}
