import type { SourceRow } from "../domain/source-row.ts";
import { siteOf } from "../projections/fields.ts";
import type { Db } from "./client.ts";

/** The fields of SAP tables that name a plant, or a shipping point, which is named like one. */
const SITE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  VBAP: ["WERKS"],
  LIKP: ["VSTEL"],
  LIPS: ["WERKS"],
  EKPO: ["WERKS"],
  MARC: ["WERKS"],
  MATDOC: ["WERKS"],
  MSEG: ["WERKS"],
};
const ID_LENGTH_MAX = 64;

/**
 * A plant that rows name and nobody has told of becomes a site with its number for a name and no place, so that it can
 * be given one. Returns the new ones. The last write of a transaction, in one order: others may wait for it.
 */
export async function stubSites(db: Db, rows: readonly SourceRow[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const row of rows) {
    if (row.system !== "sap" || !Object.hasOwn(SITE_FIELDS, row.entity)) continue;
    for (const field of SITE_FIELDS[row.entity]!) {
      const id = siteOf(row, field);
      if (id !== null && id.length <= ID_LENGTH_MAX) ids.add(id);
    }
  }
  if (ids.size === 0) return [];
  const added = await db.$queryRaw<{ id: string }[]>`
    insert into site (id, kind, name)
    select id, 'plant', id from unnest(${[...ids]}::text[]) as named (id)
    where not exists (select from site where site.id = named.id)
    order by id collate "C"
    on conflict (id) do nothing
    returning id`;
  return added.map(({ id }) => id);
}
