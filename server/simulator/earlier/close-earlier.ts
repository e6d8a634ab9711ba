import type { createSalesforceLog } from "../documents/salesforce-log.ts";
import type { createSapLog } from "../documents/sap-log.ts";
import { BOOKED_BY, NO_DATE, type SapRow, type SapTable, sapDate, sapTime } from "../documents/sap-tables.ts";
import { OWNER_ID } from "../orders/sales-order.ts";
import type { Send } from "../outgoing.ts";
import { countRow } from "./count-row.ts";
import type { EarlierBooks } from "./earlier-books.ts";

const ENDED = ["Delivered", "Cancelled"];

/**
 * Closes the books of a world that ended: its trucks will not come any more. What has left is confirmed as delivered,
 * what has not is rejected or taken back, and stock is counted: it is what the new world opens with. Only documents
 * that a simulated world made are touched.
 */
export function closeEarlier(
  earlier: EarlierBooks,
  deps: {
    timeMs: number;
    sap: ReturnType<typeof createSapLog>;
    salesforce: ReturnType<typeof createSalesforceLog>;
    send: Send;
    takeDocument(timeMs: number): string;
  },
): void {
  const { sap, salesforce, takeDocument } = deps;
  // After everything that is known of these documents, also where the earlier world went faster than time.
  const timeMs = Math.max(deps.timeMs, earlier.newestMs + 1);
  const tell: Send = ({ record }) => deps.send({ record, effect: { kind: "earlier" } });
  const update = (table: SapTable, row: SapRow, set: SapRow) => tell(sap.update(table, row, set, "partial", timeMs));
  const remove = (table: SapTable, row: SapRow) => tell(sap.remove(table, row, timeMs));
  const own = (table: SapTable) => earlier.rows(table).filter(({ ERNAM }) => ERNAM === BOOKED_BY);

  const deliveries = own("LIKP").filter(({ SPE_LOEKZ }) => SPE_LOEKZ !== "X");
  const left = new Set(deliveries.filter(isIssued).map(({ VBELN }) => VBELN));
  const items = byDocument(earlier.rows("LIPS"), "VBELN");
  const delivered = new Set([...left].flatMap((number) => (items.get(number!) ?? []).map(({ VGBEL }) => VGBEL)));

  function closeDeliveries(): void {
    for (const row of deliveries) {
      if (!isIssued(row)) for (const item of items.get(row.VBELN!) ?? []) remove("LIPS", item);
      if (!isIssued(row)) remove("LIKP", row);
      else if (isUnset(row.PODAT)) update("LIKP", row, { PODAT: sapDate(timeMs), POTIM: sapTime(timeMs) });
    }
  }

  function closeOrders(): void {
    const lines = byDocument(earlier.rows("VBAP"), "VBELN");
    for (const row of own("VBAK").filter(({ GBSTK }) => GBSTK !== "C")) {
      if (delivered.has(row.VBELN)) update("VBAK", row, { GBSTK: "C" });
      else {
        for (const line of lines.get(row.VBELN!) ?? []) if (!line.ABGRU) update("VBAP", line, { ABGRU: "02" });
        update("VBAK", row, { ABSTK: "C", GBSTK: "C" });
      }
    }
    for (const { id, fields } of earlier.orders()) {
      if (fields.OwnerId !== OWNER_ID || ENDED.includes(fields.Status ?? "")) continue;
      const Status = delivered.has(fields.PoNumber?.replace("PO-", "")) ? "Delivered" : "Cancelled";
      tell(salesforce("Order", "UPDATE", [id], { Status }, timeMs));
    }
  }

  /** Who made a shipment stands in its items alone. */
  function closeShipments(): void {
    const carried = byDocument(own("VTTP"), "TKNUM");
    const stages = byDocument(earlier.rows("VTTS"), "TKNUM");
    for (const row of earlier.rows("VTTK")) {
      const rows = carried.get(row.TKNUM!);
      if (!rows || row.STTEN === "X") continue;
      if (row.STTBG === "X") update("VTTK", row, { STTEN: "X", STTRG: "7" });
      else {
        for (const item of rows) remove("VTTP", item);
        for (const stage of stages.get(row.TKNUM!) ?? []) remove("VTTS", stage);
        remove("VTTK", row);
      }
    }
  }

  function closePurchases(): void {
    const numbers = new Set(own("EKKO").map(({ EBELN }) => EBELN));
    for (const row of earlier.rows("EKPO")) {
      if (numbers.has(row.EBELN) && !row.LOEKZ && !row.ELIKZ) update("EKPO", row, { ELIKZ: "X" });
    }
  }

  function countStock(): void {
    for (const moved of earlier.moved()) {
      tell(sap.insert("MATDOC", countRow(moved, takeDocument(timeMs), timeMs), timeMs));
    }
  }

  closeDeliveries();
  closeShipments();
  closeOrders();
  closePurchases();
  countStock();
}

const isUnset = (date: string | undefined): boolean => !date || date === NO_DATE;
const isIssued = ({ WADAT_IST }: SapRow): boolean => !isUnset(WADAT_IST);

function byDocument(rows: readonly SapRow[], column: string): Map<string, SapRow[]> {
  const found = new Map<string, SapRow[]>();
  for (const row of rows) found.set(row[column]!, [...(found.get(row[column]!) ?? []), row]);
  return found;
}
