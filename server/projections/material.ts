import { factRecord } from "../domain/business-object.ts";
import type { Material, MaterialSite } from "../domain/material.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { decimal, isFlagged, material as materialOf, newestOf, rowsOf, siteOf, text, unpad } from "./fields.ts";
import type { Projection } from "./projection.ts";
import { termsOfName } from "./terms.ts";

/** SAP's materials: MARA with its names (MAKT) and plants (MARC). Known by those alone it is a stub. */
export const material: Projection<"material"> = {
  kind: "material",
  entities: ["sap.MARA", "sap.MAKT", "sap.MARC"],
  linksOf(row) {
    const [client, number] = [text(row, "MANDT"), materialOf(row)];
    return client === null || number === null ? [] : [materialId(client, number)];
  },
  fold(id, rows) {
    const own = newestOf(rowsOf(rows, "MARA"));
    const number = id.split(":").slice(2).join(":");
    const isDeleted = own !== null && (own.deleted || isFlagged(own, "LVORM"));
    return {
      ...{ id, isStub: own === null, isDeleted, isClosed: isDeleted, record: own && factRecord(own.record) },
      material: number,
      display: unpad(number),
      text: nameOf(rowsOf(rows, "MAKT")),
      unit: own && text(own, "MEINS"),
      group: own && text(own, "MATKL"),
      grossWeightKg: own && grossWeightKg(own),
      sites: sitesOf(rowsOf(rows, "MARC")),
    };
  },
  relatedOf: () => [],
  termsOf({ material: number, display, text: name }: Material) {
    const title = name === null ? display : `${display} · ${name}`;
    return [{ term: display, title }, { term: number, title }, ...termsOfName(name, title)];
  },
};

/** `sap:<client>:<MATNR>` with the number in its internal form. */
export const materialId = (client: string, number: string): string => `sap:${client}:${number}`;

/** English first, then German, then whatever there is. */
const LANGUAGES = ["E", "EN", "D", "DE"];

function nameOf(rows: readonly SourceRow[]): string | null {
  const names = rows.filter((row) => !row.deleted && text(row, "MAKTX") !== null);
  const rank = (row: SourceRow) =>
    (LANGUAGES.indexOf(text(row, "SPRAS") ?? "") + LANGUAGES.length + 1) % (LANGUAGES.length + 1);
  const [first] = names.sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
  return first ? text(first, "MAKTX") : null;
}

const KILOGRAMS: Readonly<Record<string, number>> = {
  KG: 1,
  KGM: 1,
  G: 0.001,
  GRM: 0.001,
  TO: 1000,
  TNE: 1000,
  LB: 0.45359237,
};

function grossWeightKg(row: SourceRow): number | null {
  const weight = decimal(row, "BRGEW");
  const unit = text(row, "GEWEI") ?? "";
  return weight === null || !Object.hasOwn(KILOGRAMS, unit) ? null : Number(weight) * KILOGRAMS[unit]!;
}

/** Plants where the material is gone or going are not planned any more. */
function sitesOf(rows: readonly SourceRow[]): MaterialSite[] {
  const bySite = new Map<string, SourceRow[]>();
  for (const row of rows) {
    const site = siteOf(row, "WERKS");
    if (site !== null && !row.deleted && !isFlagged(row, "LVORM")) bySite.set(site, [...(bySite.get(site) ?? []), row]);
  }
  const sites = [...bySite].map(([site, own]) => toMaterialSite(site, newestOf(own)!));
  return sites.sort((a, b) => (a.site < b.site ? -1 : 1));
}

function toMaterialSite(site: string, row: SourceRow): MaterialSite {
  const days = decimal(row, "PLIFZ");
  return {
    site,
    safetyStock: decimal(row, "EISBE"),
    reorderPoint: decimal(row, "MINBE"),
    maximumStock: decimal(row, "MABST"),
    plannedDeliveryDays: days === null ? null : Number(days),
  };
}
