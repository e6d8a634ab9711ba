import { factRecord } from "../domain/business-object.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { sourceTimeMs } from "../domain/source-time.ts";
import type { StockLevel, StockMovement, StockType } from "../domain/stock.ts";
import { decimal, material, padNumber, sapLocalTime, sapRef, siteOf, text } from "./fields.ts";

/** The row that a movement was read from. */
export type MovementSource = { entity: string; key: string };

/** What one row says of one movement: `null` when it is none (yet, or any more). */
export type MovementClaim = { id: string; source: MovementSource; movement: StockMovement | null };

/** Both tables may be replicated. MATDOC counts where both tell the same line. */
export const MOVEMENT_ENTITIES = ["MSEG", "MATDOC"] as const;

/** A material document line that is deleted so long after it was posted was archived: the stock is still there. */
const ARCHIVED_AFTER_MS = 90 * 86_400_000;

export function claimOf(row: SourceRow): MovementClaim | null {
  const isMovement = row.system === "sap" && MOVEMENT_ENTITIES.some((entity) => entity === row.entity);
  const id = isMovement ? movementId(row) : null;
  return id === null ? null : { id, source: { entity: row.entity, key: row.key }, movement: toMovement(id, row) };
}

function movementId(row: SourceRow): string | null {
  const [client, document, year, line] = ["MANDT", "MBLNR", "MJAHR", "ZEILE"].map((field) => text(row, field));
  if (!client || !document || !year || !line) return null;
  return `${client}|${padNumber(document)}|${year}|${line.padStart(4, "0")}`;
}

/** A row that lacks what a movement needs is none; so are rows of other record types, which would count twice. */
function toMovement(id: string, row: SourceRow): StockMovement | null {
  if (row.entity === "MATDOC" && text(row, "RECORD_TYPE") !== "MDOC") return null;
  const [client, document] = [text(row, "MANDT")!, padNumber(text(row, "MBLNR")!)];
  const found = {
    material: material(row, "MATBF") ?? material(row),
    site: siteOf(row, "WERKS"),
    unit: text(row, "MEINS"),
  };
  const [stockType, quantity, postedAtMs] = [stockTypeOf(row), signedQuantity(row), postedAt(row)];
  if (!found.material || !found.site || !found.unit || !stockType || quantity === null || postedAtMs === null)
    return null;
  if (row.deleted && (sourceTimeMs(row.system, row.position) ?? 0) - postedAtMs < ARCHIVED_AFTER_MS) return null;
  return {
    ...{ id, client, document, material: found.material, site: found.site, unit: found.unit },
    storageLocation: text(row, Object.hasOwn(row.fields, "LGORT_SID") ? "LGORT_SID" : "LGORT") ?? "",
    ...{ stockType, quantity, postedAtMs },
    movementType: text(row, "BWART") ?? "",
    orderId: sapRef(row, "KDAUF"),
    deliveryId: sapRef(row, "VBELN_IM"),
    purchaseOrderId: sapRef(row, "EBELN"),
    record: factRecord(row.record),
  };
}

/** Quantities are stored without a sign: `S` adds, `H` takes. */
function signedQuantity(row: SourceRow): string | null {
  const quantity = decimal(row, "MENGE");
  const sign = text(row, "SHKZG");
  if (quantity === null || (sign !== "S" && sign !== "H")) return null;
  if (sign === "S" || /^-?0*(\.0*)?$/.test(quantity)) return quantity;
  return quantity.startsWith("-") ? quantity.slice(1) : `-${quantity}`;
}

/** The posting day with the time of entry, taken as UTC: a table row says no zone. */
function postedAt(row: SourceRow): number | null {
  const local = sapLocalTime(row, "BUDAT", "CPUTM") ?? sapLocalTime(row, "BUDAT_MKPF", "CPUTM_MKPF");
  if (local !== null) return Date.parse(`${local}Z`);
  const position = Object.hasOwn(row.positions, "MENGE") ? row.positions.MENGE! : "";
  return sourceTimeMs(row.system, position);
}

/** LBBSA_SID. Returns, restricted and tied stock may not be used freely; stock between places is in transit. */
const STOCK_TYPES: Readonly<Record<string, StockType>> = {
  "01": "unrestricted",
  "02": "qualityInspection",
  "03": "blocked",
  "04": "inTransit",
  "05": "inTransit",
  "06": "inTransit",
  "07": "blocked",
  "08": "blocked",
  "09": "blocked",
  "10": "blocked",
};
const ENTRY_TYPES: Readonly<Record<string, StockType>> = {
  "2": "qualityInspection",
  X: "qualityInspection",
  "3": "blocked",
  S: "blocked",
};

/** A MATDOC row whose stock type is blank moves no stock (a receipt that is consumed at once). */
function stockTypeOf(row: SourceRow): StockType | null {
  if (Object.hasOwn(row.fields, "LBBSA_SID")) {
    const code = text(row, "LBBSA_SID")?.padStart(2, "0") ?? "";
    return Object.hasOwn(STOCK_TYPES, code) ? STOCK_TYPES[code]! : null;
  }
  const code = text(row, "INSMK") ?? "";
  return Object.hasOwn(ENTRY_TYPES, code) ? ENTRY_TYPES[code]! : "unrestricted";
}

/** What a MARD row says its place holds; `null` snapshot: nothing, or not any more. */
export type SnapshotClaim = Pick<StockLevel, "client" | "material" | "site" | "storageLocation" | "snapshot">;

export function snapshotOf(row: SourceRow): SnapshotClaim | null {
  if (row.system !== "sap" || row.entity !== "MARD") return null;
  const [client, found, site, storageLocation] = [
    text(row, "MANDT"),
    material(row),
    siteOf(row, "WERKS"),
    text(row, "LGORT"),
  ];
  if (!client || !found || !site || !storageLocation) return null;
  const [unrestricted, qualityInspection, blocked, inTransit] = ["LABST", "INSME", "SPEME", "UMLME"].map((field) =>
    decimal(row, field),
  );
  const isKnown = [unrestricted, qualityInspection, blocked, inTransit].some((quantity) => quantity !== null);
  const quantities = {
    unrestricted: unrestricted ?? "0",
    qualityInspection: qualityInspection ?? "0",
    blocked: blocked ?? "0",
    inTransit: inTransit ?? "0",
  };
  const snapshot = isKnown && !row.deleted ? { quantities, record: factRecord(row.record) } : null;
  return { client, material: found, site, storageLocation, snapshot };
}
