import { stringify } from "csv-stringify/sync";
import { SITE_COLUMNS } from "../../contracts/site-import.ts";
import type { Context } from "../context.ts";
import { PAGE_SIZE_MAX } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { StoredSite } from "./port.ts";

/** All sites as they are now, in the columns an import takes: a file that goes out and in again changes nothing. */
export function exportSites(context: Context): AsyncGenerator<string> {
  requireRole(context.actor, "planner");
  return pagesOf(context);
}

async function* pagesOf(context: Context): AsyncGenerator<string> {
  yield stringify([[...SITE_COLUMNS]]);
  let afterId: string | null = null;
  for (;;) {
    const sites: StoredSite[] = await context.sites.list({ afterId, limit: PAGE_SIZE_MAX });
    yield stringify(sites.map(rowOf));
    if (sites.length < PAGE_SIZE_MAX) return;
    afterId = sites.at(-1)!.id;
  }
}

function rowOf({ id, kind, name, latitude, longitude, timeZone, radiusM }: StoredSite): string[] {
  const number = (value: number | null) => (value === null ? "" : decimalOf(value));
  return [safe(id), safe(kind), safe(name), number(latitude), number(longitude), safe(timeZone ?? ""), number(radiusM)];
}

/** A spreadsheet runs text that begins like a formula; this mark keeps it text. */
const safe = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** Never `1e-7`: the import takes decimals as people write them. */
const decimalOf = (value: number): string =>
  Math.abs(value) < 1e-6 ? value.toFixed(15).replace(/\.?0+$/, "") : String(value);
