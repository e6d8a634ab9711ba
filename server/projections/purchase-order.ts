import Big from "big.js";
import { factRecord } from "../domain/business-object.ts";
import type { PurchaseOrder, PurchaseOrderLine } from "../domain/purchase-order.ts";
import type { Money } from "../domain/sales-order.ts";
import type { SourceRow } from "../domain/source-row.ts";
import {
  currencyPlaces,
  decimal,
  isFlagged,
  material,
  newestOf,
  rowFact,
  rowsOf,
  sapDay,
  sapMoney,
  sapRef,
  siteOf,
  text,
  unpad,
} from "./fields.ts";
import { materialId } from "./material.ts";
import type { Projection } from "./projection.ts";

/** SAP's purchase orders with lines and schedule lines, and stubs of those that only goods movements name. */
export const purchaseOrder: Projection<"purchase_order"> = {
  kind: "purchase_order",
  entities: ["sap.EKKO", "sap.EKPO", "sap.EKET", "sap.MATDOC", "sap.MSEG"],
  mentionedBy: ["sap.MATDOC", "sap.MSEG"],
  linksOf(row) {
    const id = sapRef(row, "EBELN");
    return id === null ? [] : [id];
  },
  fold(id, rows) {
    const header = newestOf(rowsOf(rows, "EKKO"));
    const kept = toLines(header, rows, true);
    const isDone = header !== null && kept.length > 0 && kept.every(isLineDone);
    // Archiving deletes the rows of what has long been done: the order was not taken back.
    const isArchived = isDone && header.deleted;
    const isDeleted = header !== null && !isArchived && (header.deleted || text(header, "LOEKZ") !== null);
    return {
      ...{
        id,
        number: unpad(id.split(":").at(-1)!),
        isStub: header === null,
        isDeleted,
        isClosed: isDeleted || isDone,
      },
      record: header && factRecord(header.record),
      supplier: header && siteOf(header, "LIFNR"),
      supplyingSite: header && siteOf(header, "RESWK"),
      createdAt: header && rowFact(header, "AEDAT", sapDay(header, "AEDAT") ?? sapDay(header, "BEDAT")),
      lines: isArchived ? kept : toLines(header, rows, false),
    };
  },
  relatedOf({ id, lines }: PurchaseOrder) {
    const client = id.split(":")[1]!;
    return lines.flatMap((line) =>
      line.material === null ? [] : [{ kind: "material", id: materialId(client, line.material) }],
    );
  },
  termsOf({ number, supplier }: PurchaseOrder) {
    return [{ term: number, title: supplier === null ? number : `${number} · ${supplier}` }];
  },
};

/** One row a line, sorted, whatever padding its number has. */
function byLine(rows: readonly SourceRow[]): SourceRow[] {
  const lines = new Map<string, SourceRow[]>();
  for (const row of rows) {
    const line = lineOf(row);
    if (line !== null) lines.set(line, [...(lines.get(line) ?? []), row]);
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => newestOf(own)!);
}

const lineOf = (row: SourceRow): string | null => text(row, "EBELP")?.padStart(5, "0") ?? null;

function toLines(header: SourceRow | null, rows: readonly SourceRow[], isArchived: boolean): PurchaseOrderLine[] {
  const schedules = rowsOf(rows, "EKET").filter((row) => isArchived || !row.deleted);
  return byLine(rowsOf(rows, "EKPO")).map((item) => ({
    ...toLine(item, schedules, header),
    isDeleted: (item.deleted && !isArchived) || ["L", "X"].includes(text(item, "LOEKZ") ?? ""),
  }));
}

function toLine(
  item: SourceRow,
  schedules: readonly SourceRow[],
  header: SourceRow | null,
): Omit<PurchaseOrderLine, "isDeleted"> {
  const line = lineOf(item)!;
  const schedule = schedules
    .filter((row) => lineOf(row) === line)
    .map(toScheduleLine)
    .sort((a, b) => (a.line < b.line ? -1 : 1));
  return {
    line,
    material: material(item),
    text: text(item, "TXZ01"),
    site: siteOf(item, "WERKS"),
    unit: text(item, "MEINS"),
    ordered: decimal(item, "MENGE"),
    received: schedule.reduce((sum, part) => sum.plus(part.received), new Big(0)).toFixed(),
    price: header && unitPrice(item, header),
    isComplete: isFlagged(item, "ELIKZ"),
    schedule,
    record: factRecord(item.record),
  };
}

function toScheduleLine(row: SourceRow): PurchaseOrderLine["schedule"][number] {
  return {
    line: text(row, "ETENR")?.padStart(4, "0") ?? "",
    day: sapDay(row, "EINDT"),
    quantity: decimal(row, "MENGE") ?? "0",
    received: decimal(row, "WEMNG") ?? "0",
  };
}

/** The price of one unit: PEINH says of how many units NETPR is, and the header in which currency. */
function unitPrice(item: SourceRow, header: SourceRow): Money | null {
  const price = sapMoney({ ...item, fields: { ...item.fields, WAERS: header.fields.WAERS } }, "NETPR", "WAERS");
  const units = new Big(decimal(item, "PEINH") ?? "1");
  if (price === null || units.lte(1)) return price;
  const exact = new Big(price.amount).div(units);
  const places = currencyPlaces(price.currency);
  return { ...price, amount: exact.toFixed(exact.round(places).eq(exact) ? places : places + PLACES_MORE) };
}

const PLACES_MORE = 3;

/** Nothing more will come of it. */
function isLineDone({ isDeleted, isComplete, ordered, received }: PurchaseOrderLine): boolean {
  return isDeleted || isComplete || (ordered !== null && new Big(ordered).gt(0) && new Big(received).gte(ordered));
}
