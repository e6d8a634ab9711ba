import { type BusinessRef, factRecord } from "../domain/business-object.ts";
import type { RowFact, SalesOrder, SalesOrderLine } from "../domain/sales-order.ts";
import { customerNumberName, orderNumberName, purchaseOrderName } from "../domain/shared-names.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { changeFact } from "./change-fact.ts";
import { decimal, rowsOf, sapDay, sapMoney, sapRef, text, unpad } from "./fields.ts";
import { newestRecord } from "./newest-record.ts";
import type { Projection } from "./projection.ts";
import { coveredDay, orderLines, totalOf } from "./sales-order-lines.ts";

/** LIPS.VGTYP of a line that fulfils a purchase order: the number is none of a sales order then. */
const PURCHASE_ORDER = "V";

/** A blocked field of the order, by its values: any value, or the ones that block. */
const HEADER_BLOCKS = [
  { field: "LIFSK", blocks: () => true, meaning: "delivery block" },
  { field: "CMGST", blocks: (code: string) => code === "B", meaning: "credit check not passed" },
  { field: "CMGST", blocks: (code: string) => code === "C", meaning: "credit check not passed, released in part" },
];

/** SAP sales orders: VBAK, VBAP and VBEP. A delivery line that names an unknown one makes a stub. */
export const salesOrder: Projection<"sales_order"> = {
  kind: "sales_order",
  entities: ["sap.VBAK", "sap.VBAP", "sap.VBEP", "sap.LIPS"],
  mentionedBy: ["sap.LIPS"],
  linksOf: (row) => {
    const id = row.entity === "LIPS" ? mentionOf(row) : sapRef(row, "VBELN");
    return id === null ? [] : [id];
  },
  fold(id, rows) {
    const [header = null] = rowsOf(rows, "VBAK");
    const own = rows.filter(({ entity }) => entity !== "LIPS");
    return own.length === 0 ? { ...emptyOrder(id), isStub: true } : foldOrder(id, header, own);
  },
  relatedOf: ({ number, customerId, customerReference }) => {
    const related: BusinessRef[] = [orderNumberName(number)];
    if (customerReference !== null) related.push(purchaseOrderName(customerReference));
    if (customerId !== null)
      related.push({ kind: "customer", id: customerId }, customerNumberName(numberOf(customerId)));
    return related;
  },
  termsOf: ({ number, customerReference }) => {
    const title = `Order ${number}`;
    return [{ term: number, title }, ...(customerReference === null ? [] : [{ term: customerReference, title }])];
  },
};

const numberOf = (id: string): string => unpad(id.slice(id.lastIndexOf(":") + 1));

/** A line that is gone mentions nothing, and one of a purchase order no sales order. */
const mentionOf = (line: SourceRow): string | null =>
  line.deleted || text(line, "VGTYP") === PURCHASE_ORDER ? null : sapRef(line, "VGBEL");

const emptyOrder = (id: string): SalesOrder => ({
  id,
  isStub: false,
  isDeleted: false,
  isClosed: false,
  record: null,
  number: numberOf(id),
  customerReference: null,
  customerId: null,
  value: null,
  requestedDay: null,
  confirmedDay: null,
  blocks: [],
  createdAt: null,
  confirmedAt: null,
  lines: [],
});

function foldOrder(id: string, header: SourceRow | null, own: readonly SourceRow[]): SalesOrder {
  const isComplete = header !== null && text(header, "GBSTK") === "C";
  // Archiving deletes the rows of what is long done: the order was not taken back.
  const isArchived = isComplete && header.deleted;
  const isDeleted = (header?.deleted ?? false) && !isArchived;
  const schedule = rowsOf(own, "VBEP");
  const currency = header && text(header, "WAERK");
  const items = rowsOf(own, "VBAP");
  const lines = orderLines(items, schedule, { currency, isArchived });
  const isRejected = lines.length > 0 && lines.every((line) => line.isRejected);
  const confirmedDay = coveredDay(lines);
  return {
    ...emptyOrder(id),
    isDeleted,
    isClosed: isDeleted || isComplete || isRejected,
    record: newestRecord(own),
    headerRecord: header && factRecord(header.record),
    customerReference: header && text(header, "BSTNK"),
    customerId: header && sapRef(header, "KUNNR"),
    ...worthOf(header, lines, items),
    requestedDay: header && sapDay(header, "VDATU"),
    confirmedDay,
    blocks: blocksOf(header, schedule),
    createdAt: createdAt(header),
    confirmedAt: confirmedDay === null ? null : confirmedAt(schedule),
    lines,
  };
}

/** What the header says, or else what the items that count are worth together. */
function worthOf(header: SourceRow | null, lines: readonly SalesOrderLine[], items: readonly SourceRow[]) {
  const value = header && sapMoney(header, "NETWR", "WAERK");
  if (value) return { value };
  const counting = lines.filter((line) => !line.isRejected).map(({ line }) => line);
  const added = items.filter((row) => counting.includes(text(row, "POSNR") ?? ""));
  return { value: totalOf(lines), valueRecord: newestRecord(added) };
}

function createdAt(header: SourceRow | null): RowFact | null {
  const day = header && sapDay(header, "ERDAT");
  return header && day ? changeFact(header, "ERDAT", day) : null;
}

/** When the last of the confirming schedule lines was set. */
function confirmedAt(schedule: readonly SourceRow[]): RowFact | null {
  const facts = schedule
    .filter((row) => !row.deleted && Number(decimal(row, "BMENG") ?? 0) > 0)
    .map((row) => changeFact(row, "BMENG", null));
  return facts.reduce<RowFact | null>((last, fact) => (last === null || fact.atMs >= last.atMs ? fact : last), null);
}

function blocksOf(header: SourceRow | null, schedule: readonly SourceRow[]): SalesOrder["blocks"] {
  const ofHeader = HEADER_BLOCKS.flatMap(({ field, blocks, meaning }) => {
    const code = header && text(header, field);
    return header && code !== null && blocks(code) ? [{ code, field, meaning, record: factRecord(header.record) }] : [];
  });
  const blocking = schedule.filter((row) => !row.deleted && text(row, "LIFSP") !== null);
  const ofLines = [...new Set(blocking.map((row) => text(row, "LIFSP")!))].sort().map((code) => ({
    ...{ code, field: "LIFSP", meaning: "delivery block of a schedule line" },
    record: newestRecord(blocking.filter((row) => text(row, "LIFSP") === code))!,
  }));
  return [...ofHeader, ...ofLines];
}
