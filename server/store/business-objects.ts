import type { BusinessRef } from "../domain/business-object.ts";
import type { ProjectedObject } from "../projections/projector.ts";
import type { Db } from "./client.ts";

/** Writes these objects and returns those that became others than they were; their version rises by one. */
export async function writeObjects(db: Db, objects: readonly ProjectedObject[]): Promise<BusinessRef[]> {
  if (objects.length === 0) return [];
  const rows = objects.map(({ kind, id, body, related, isClosed }) => ({
    ...{ kind, id, body, related, is_closed: isClosed },
  }));
  return db.$queryRaw<BusinessRef[]>`
    insert into business_object (kind, id, body, related, is_closed)
    select kind, id, body, related, is_closed
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as folded (kind text, id text, body jsonb, related text[], is_closed boolean)
    on conflict (kind, id) do update set
      body = excluded.body, related = excluded.related, is_closed = excluded.is_closed,
      version = business_object.version + 1, updated_at = now()
    where business_object.body is distinct from excluded.body or business_object.related <> excluded.related
    returning kind, id`;
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

/** Makes the search terms of these objects what they are to be. Most stay as they are, and are not written. */
export async function replaceTerms(db: Db, objects: readonly ProjectedObject[]): Promise<void> {
  if (objects.length === 0) return;
  const { kinds, ids } = columnsOf(objects);
  const terms = JSON.stringify(objects.flatMap(({ kind, id, terms }) => terms.map((term) => ({ kind, id, ...term }))));
  await db.$executeRaw`
    delete from search_term using unnest(${kinds}::text[], ${ids}::text[]) as own (kind, id)
    where search_term.kind = own.kind and search_term.id = own.id
      and (search_term.kind, search_term.id, search_term.term) not in (
        select kind, id, term from jsonb_to_recordset(${terms}::jsonb) as kept (kind text, id text, term text))`;
  await db.$executeRaw`
    insert into search_term (term, kind, id, title)
    select term, kind, id, title
    from jsonb_to_recordset(${terms}::jsonb) as sent (term text, kind text, id text, title text)
    on conflict (term, kind, id) do update set title = excluded.title where search_term.title <> excluded.title`;
}

function columnsOf(refs: readonly BusinessRef[]) {
  return { kinds: refs.map(({ kind }) => kind), ids: refs.map(({ id }) => id) };
}
