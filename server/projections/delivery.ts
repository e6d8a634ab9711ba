import { type BusinessRef, factRecord } from "../domain/business-object.ts";
import type { Delivery, DeliveryLine } from "../domain/delivery.ts";
import type { RowFact } from "../domain/sales-order.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { changeFact } from "./change-fact.ts";
import { decimal, isFlagged, material, rowsOf, sapDay, sapRef, siteOf, text, unpad } from "./fields.ts";
import { newestRecord } from "./newest-record.ts";
import type { Projection } from "./projection.ts";

const DONE = "C";

/** SAP deliveries: LIKP and LIPS. A shipment that names an unknown one makes a stub. */
export const delivery: Projection<"delivery"> = {
  kind: "delivery",
  entities: ["sap.LIKP", "sap.LIPS", "sap.VTTP"],
  mentionedBy: ["sap.VTTP"],
  linksOf: (row) => {
    const id = row.entity === "VTTP" && row.deleted ? null : sapRef(row, "VBELN");
    return id === null ? [] : [id];
  },
  fold(id, rows) {
    const own = rows.filter(({ entity }) => entity !== "VTTP");
    return own.length === 0 ? { ...emptyDelivery(id), isStub: true } : foldDelivery(id, own);
  },
  relatedOf: ({ direction, lines, shipToId }) => {
    const orders = [...new Set(lines.flatMap(({ orderId }) => orderId ?? []))];
    const related: BusinessRef[] = orders.map((id) => ({ kind: "sales_order", id }));
    // What comes in or moves between plants fulfils a purchase order, whose number says no different.
    if (direction !== "outbound") related.push(...orders.map((id): BusinessRef => ({ kind: "purchase_order", id })));
    return shipToId === null ? related : [...related, { kind: "customer", id: shipToId }];
  },
  termsOf: ({ number, billOfLading }) => {
    const title = `Delivery ${number}`;
    return [{ term: number, title }, ...(billOfLading === null ? [] : [{ term: billOfLading, title }])];
  },
};

const emptyDelivery = (id: string): Delivery => ({
  id,
  isStub: false,
  isDeleted: false,
  isClosed: false,
  record: null,
  number: unpad(id.slice(id.lastIndexOf(":") + 1)),
  direction: "outbound",
  originSite: null,
  destinationSite: null,
  shipToId: null,
  billOfLading: null,
  vehicleId: null,
  plannedIssueDay: null,
  plannedDeliveryDay: null,
  createdAt: null,
  pickedAt: null,
  issuedAt: null,
  provenAt: null,
  lines: [],
});

function foldDelivery(id: string, own: readonly SourceRow[]): Delivery {
  const [header = null] = rowsOf(own, "LIKP");
  const lines = (isArchived: boolean) =>
    rowsOf(own, "LIPS").flatMap((row) => (row.deleted && !isArchived ? [] : toLine(row)));
  const record = newestRecord(own);
  if (header === null) return { ...emptyDelivery(id), record, originSite: plantOf(lines(false)), lines: lines(false) };

  const issuedAt = factOfDay(header, "WADAT_IST");
  const provenAt = factOfDay(header, "PODAT");
  const isBilled = text(header, "FKSTK") === DONE && issuedAt !== null;
  // Archiving deletes the rows of what has long left: the delivery was not taken back.
  const isArchived = header.deleted && issuedAt !== null;
  const isDeleted = isFlagged(header, "SPE_LOEKZ") || isFlagged(header, "LOEKZ") || (header.deleted && !isArchived);
  const kept = lines(isArchived);
  return {
    ...emptyDelivery(id),
    isDeleted,
    isClosed: isDeleted || isArchived || isBilled || provenAt !== null,
    record,
    headerRecord: factRecord(header.record),
    direction: directionOf(header),
    ...placesOf(header, kept),
    shipToId: sapRef(header, "KUNNR"),
    billOfLading: text(header, "BOLNR"),
    vehicleId: text(header, "TRAID"),
    plannedIssueDay: sapDay(header, "WADAT"),
    plannedDeliveryDay: sapDay(header, "LFDAT"),
    createdAt: factOfDay(header, "ERDAT"),
    pickedAt: text(header, "KOSTK") === DONE ? changeFact(header, "KOSTK", null) : null,
    issuedAt,
    provenAt,
    lines: kept,
  };
}

function factOfDay(row: SourceRow, field: string): RowFact | null {
  const day = sapDay(row, field);
  return day === null ? null : changeFact(row, field, day);
}

function toLine(row: SourceRow): DeliveryLine[] {
  const line = text(row, "POSNR");
  if (line === null) return [];
  const orderId = sapRef(row, "VGBEL");
  return [
    {
      line,
      material: material(row),
      text: text(row, "ARKTX"),
      site: siteOf(row, "WERKS"),
      storageLocation: text(row, "LGORT"),
      unit: text(row, "VRKME") ?? text(row, "MEINS"),
      quantity: decimal(row, "LFIMG"),
      orderId,
      orderLine: orderId === null ? null : text(row, "VGPOS"),
      record: factRecord(row.record),
    },
  ];
}

function directionOf(header: SourceRow): Delivery["direction"] {
  const type = text(header, "LFART");
  const category = text(header, "VBTYP");
  if (category === "7" || type === "EL") return "inbound";
  if (category === "T" || type === "LR") return "return";
  return type?.startsWith("NL") ? "transfer" : "outbound";
}

const plantOf = (lines: readonly DeliveryLine[]): string | null =>
  lines.map(({ site }) => site).find((site) => site !== null) ?? null;

/** Goods come in at the lines' plant, from the supplier or back from the customer; otherwise they leave there. */
function placesOf(header: SourceRow, lines: readonly DeliveryLine[]) {
  const direction = directionOf(header);
  const plant = plantOf(lines);
  const partner = siteOf(header, "KUNNR");
  if (direction === "inbound") return { originSite: siteOf(header, "LIFNR"), destinationSite: plant };
  if (direction === "return") return { originSite: partner, destinationSite: plant };
  return { originSite: siteOf(header, "VSTEL") ?? plant, destinationSite: partner };
}
