import { SITE_KINDS, SiteInput } from "../../contracts/site.ts";
import type { SiteColumn, SiteImportLine } from "../../contracts/site-import.ts";
import type { SiteFileLine } from "./read-site-file.ts";

/** What a line says of a site; what is absent it does not say. */
export type SaidOfSite = {
  id: string;
  kind?: string;
  name?: string;
  latitude?: number;
  longitude?: number;
  timeZone?: string;
  radiusM?: number;
};

type Errors = SiteImportLine["errors"];

const DECIMAL = /^-?\d{1,9}(\.\d{1,20})?$/;

const { id, name, timeZone, radiusM, place } = SiteInput.shape;
const { latitude, longitude } = place.unwrap().unwrap().shape;

/** Reads the cells of a line against the same contract the form uses, and names every cell that fails. */
export function readSiteLine({ cells, fault }: SiteFileLine): { said: SaidOfSite } | { errors: Errors } {
  if (fault !== null) return { errors: [{ column: "", message: fault }] };
  const errors: Errors = [];
  const refuse = (column: SiteColumn, message: string) => void errors.push({ column, message });
  const text = (column: SiteColumn, schema: typeof id | typeof timeZone): string | undefined => {
    const cell = cells[column];
    if (cell === undefined) return undefined;
    const parsed = schema.safeParse(cell);
    if (!parsed.success) refuse(column, parsed.error.issues[0]!.message);
    return parsed.data ?? undefined;
  };
  const decimal = (column: SiteColumn, schema: typeof latitude | typeof radiusM): number | undefined => {
    const cell = cells[column];
    if (cell === undefined) return undefined;
    if (!DECIMAL.test(cell)) {
      refuse(column, "expected a decimal number such as 41.525");
      return undefined;
    }
    const parsed = schema.safeParse(Number(cell));
    if (!parsed.success) refuse(column, parsed.error.issues[0]!.message);
    return parsed.data ?? undefined;
  };

  if (cells.site_id === undefined) refuse("site_id", "expected an id");
  if (cells.kind !== undefined && !SITE_KINDS.some((kind) => kind === cells.kind))
    refuse("kind", `expected one of ${SITE_KINDS.join(", ")}`);
  if ((cells.latitude === undefined) !== (cells.longitude === undefined))
    refuse(cells.latitude === undefined ? "latitude" : "longitude", "latitude and longitude come together");
  const said = {
    id: text("site_id", id) ?? "",
    kind: cells.kind,
    name: text("name", name),
    latitude: decimal("latitude", latitude),
    longitude: decimal("longitude", longitude),
    timeZone: text("time_zone", timeZone),
    radiusM: decimal("radius_m", radiusM),
  };
  if (errors.length > 0) return { errors };
  const present = Object.entries(said).filter(([, value]) => value !== undefined);
  return { said: Object.fromEntries(present) as SaidOfSite };
}
