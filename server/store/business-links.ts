import type { BusinessRef } from "../domain/business-object.ts";
import type { RowId } from "../domain/change.ts";
import type { Db } from "./client.ts";

/** One row's part in one object. */
export type BusinessLink = BusinessRef & RowId;

export const linkName = ({ kind, id, system, entity, key }: BusinessLink): string =>
  JSON.stringify([kind, id, system, entity, key]);

export async function readLinks(db: Db, rows: readonly RowId[]): Promise<BusinessLink[]> {
  if (rows.length === 0) return [];
  return db.$queryRaw<BusinessLink[]>`
    select kind, id, system, entity, key
    from business_link
    join unnest(
      ${rows.map((row) => row.system)}::text[],
      ${rows.map((row) => row.entity)}::text[],
      ${rows.map((row) => row.key)}::text[]
    ) as wanted (system, entity, key) using (system, entity, key)`;
}

export async function insertLinks(db: Db, links: readonly BusinessLink[]): Promise<void> {
  if (links.length === 0) return;
  const { kinds, ids, systems, entities, keys } = columnsOf(links);
  await db.$executeRaw`
    insert into business_link (kind, id, system, entity, key)
    select * from unnest(${kinds}::text[], ${ids}::text[], ${systems}::text[], ${entities}::text[], ${keys}::text[])
    on conflict do nothing`;
}

export async function deleteLinks(db: Db, links: readonly BusinessLink[]): Promise<void> {
  if (links.length === 0) return;
  const { kinds, ids, systems, entities, keys } = columnsOf(links);
  await db.$executeRaw`
    delete from business_link
    using unnest(${kinds}::text[], ${ids}::text[], ${systems}::text[], ${entities}::text[], ${keys}::text[])
      as gone (kind, id, system, entity, key)
    where business_link.kind = gone.kind and business_link.id = gone.id
      and business_link.system = gone.system and business_link.entity = gone.entity and business_link.key = gone.key`;
}

function columnsOf(links: readonly BusinessLink[]) {
  return {
    kinds: links.map((link) => link.kind),
    ids: links.map((link) => link.id),
    systems: links.map((link) => link.system),
    entities: links.map((link) => link.entity),
    keys: links.map((link) => link.key),
  };
}
