import type { BusinessRef } from "../domain/business-object.ts";
import type { RowId } from "../domain/change.ts";
import { asJson } from "./as-json.ts";
import type { Db } from "./client.ts";

/** One row's part in one object. */
export type BusinessLink = BusinessRef & RowId;

export const linkName = ({ kind, id, system, entity, key }: BusinessLink): string =>
  JSON.stringify([kind, id, system, entity, key]);

export async function readLinks(db: Db, rows: readonly RowId[]): Promise<BusinessLink[]> {
  if (rows.length === 0) return [];
  const wanted = rows.map(({ system, entity, key }) => ({ system, entity, key }));
  // As one text: the driver spends more on many rows of columns than the database on finding them.
  const [found] = await db.$queryRaw<{ links: string | null }[]>`
    select json_agg(json_build_object('kind', kind, 'id', id, 'system', system, 'entity', entity, 'key', key))::text as links
    from business_link
    join jsonb_to_recordset(${asJson(wanted)}) as wanted (system text, entity text, key text)
      using (system, entity, key)`;
  return JSON.parse(found?.links ?? "[]") as BusinessLink[];
}

export async function insertLinks(db: Db, links: readonly BusinessLink[]): Promise<void> {
  if (links.length === 0) return;
  await db.$executeRaw`
    insert into business_link (kind, id, system, entity, key)
    select kind, id, system, entity, key
    from jsonb_to_recordset(${asJson(links)})
      as link (kind text, id text, system text, entity text, key text)
    on conflict do nothing`;
}

export async function deleteLinks(db: Db, links: readonly BusinessLink[]): Promise<void> {
  if (links.length === 0) return;
  await db.$executeRaw`
    delete from business_link
    using jsonb_to_recordset(${asJson(links)})
      as gone (kind text, id text, system text, entity text, key text)
    where business_link.kind = gone.kind and business_link.id = gone.id
      and business_link.system = gone.system and business_link.entity = gone.entity and business_link.key = gone.key`;
}
