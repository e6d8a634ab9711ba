import type { Schedule } from "../documents/paperwork.ts";
import type { createSalesforceLog } from "../documents/salesforce-log.ts";
import type { createSapLog } from "../documents/sap-log.ts";
import { BOOKED_BY, NO_DATE, type SapRow, type SapTable, sapDate, sapTime } from "../documents/sap-tables.ts";
import { OWNER_ID } from "../orders/sales-order.ts";
import type { Send } from "../outgoing.ts";
import { countRow } from "./count-row.ts";
import type { EarlierBooks } from "./earlier-books.ts";

const ENDED = ["Delivered", "Cancelled"];
/** One document at a time: whoever reads them has the new world's to read too. */
const EACH_MS = 8;

type Closing = (timeMs: number) => void;

/**
 * Closes the books of a world that ended: its trucks will not come any more. What has left is confirmed as delivered,
 * what has not is rejected or taken back, and stock is counted: what moved since the opening is taken out again. Only
 * documents that a simulated world made are touched.
 */
export function createClosing(deps: {
  schedule: Schedule;
  sap: ReturnType<typeof createSapLog>;
  salesforce: ReturnType<typeof createSalesforceLog>;
  send: Send;
  takeDocument(timeMs: number): string;
}) {
  const { schedule, sap, salesforce, takeDocument } = deps;
  const tell: Send = ({ record }) => deps.send({ record, effect: { kind: "earlier" } });

  function closingsOf(earlier: EarlierBooks): Closing[] {
    const update = (table: SapTable, row: SapRow, set: SapRow, timeMs: number) =>
      tell(sap.update(table, row, set, "partial", timeMs));
    const remove = (table: SapTable, row: SapRow, timeMs: number) => tell(sap.remove(table, row, timeMs));
    const own = (table: SapTable) => earlier.rows(table).filter(({ ERNAM }) => ERNAM === BOOKED_BY);

    const deliveries = own("LIKP").filter(({ SPE_LOEKZ }) => SPE_LOEKZ !== "X");
    const left = new Set(deliveries.filter(isIssued).map(({ VBELN }) => VBELN));
    const items = byDocument(earlier.rows("LIPS"), "VBELN");
    const delivered = new Set([...left].flatMap((number) => (items.get(number!) ?? []).map(({ VGBEL }) => VGBEL)));

    const countStock = earlier.moved().map(
      (moved): Closing =>
        (timeMs) =>
          tell(sap.insert("MATDOC", countRow(moved, takeDocument(timeMs), timeMs), timeMs)),
    );

    const closeDeliveries = deliveries
      .filter((row) => !isIssued(row) || isUnset(row.PODAT))
      .map(
        (row): Closing =>
          (timeMs) => {
            if (isIssued(row)) return update("LIKP", row, { PODAT: sapDate(timeMs), POTIM: sapTime(timeMs) }, timeMs);
            for (const item of items.get(row.VBELN!) ?? []) remove("LIPS", item, timeMs);
            remove("LIKP", row, timeMs);
          },
      );

    /** Who made a shipment stands in its items alone. */
    const carried = byDocument(own("VTTP"), "TKNUM");
    const stages = byDocument(earlier.rows("VTTS"), "TKNUM");
    const closeShipments = earlier
      .rows("VTTK")
      .filter(({ TKNUM, STTEN }) => carried.has(TKNUM!) && STTEN !== "X")
      .map(
        (row): Closing =>
          (timeMs) => {
            if (row.STTBG === "X") return update("VTTK", row, { STTEN: "X", STTRG: "7" }, timeMs);
            for (const item of carried.get(row.TKNUM!)!) remove("VTTP", item, timeMs);
            for (const stage of stages.get(row.TKNUM!) ?? []) remove("VTTS", stage, timeMs);
            remove("VTTK", row, timeMs);
          },
      );

    const lines = byDocument(earlier.rows("VBAP"), "VBELN");
    const closeOrders = own("VBAK")
      .filter(({ GBSTK }) => GBSTK !== "C")
      .map(
        (row): Closing =>
          (timeMs) => {
            if (delivered.has(row.VBELN)) return update("VBAK", row, { GBSTK: "C" }, timeMs);
            for (const line of lines.get(row.VBELN!) ?? []) {
              if (!line.ABGRU) update("VBAP", line, { ABGRU: "02" }, timeMs);
            }
            update("VBAK", row, { ABSTK: "C", GBSTK: "C" }, timeMs);
          },
      );

    const closeCrmOrders = earlier
      .orders()
      .filter(({ fields }) => fields.OwnerId === OWNER_ID && !ENDED.includes(fields.Status ?? ""))
      .map(
        ({ id, fields }): Closing =>
          (timeMs) => {
            const Status = delivered.has(fields.PoNumber?.replace("PO-", "")) ? "Delivered" : "Cancelled";
            tell(salesforce("Order", "UPDATE", [id], { Status }, timeMs));
          },
      );

    const purchases = new Set(own("EKKO").map(({ EBELN }) => EBELN));
    const closePurchases = earlier
      .rows("EKPO")
      .filter(({ EBELN, LOEKZ, ELIKZ }) => purchases.has(EBELN) && !LOEKZ && !ELIKZ)
      .map(
        (row): Closing =>
          (timeMs) =>
            update("EKPO", row, { ELIKZ: "X" }, timeMs),
      );

    return [countStock, closeDeliveries, closeShipments, closeOrders, closeCrmOrders, closePurchases].flat();
  }

  /** `onClosed` is told with the last of the records, before they are sent. */
  return function closeEarlier(earlier: EarlierBooks, nowMs: number, onClosed: () => void): void {
    // After everything that is known of these documents, also where the earlier world went faster than time.
    const fromMs = Math.max(nowMs, earlier.newestMs + 1);
    const closings = closingsOf(earlier);
    for (const [index, close] of closings.entries()) {
      schedule(nowMs + index * EACH_MS, (now) => close(Math.max(now, fromMs + index)));
    }
    schedule(nowMs + closings.length * EACH_MS, onClosed);
  };
}

const isUnset = (date: string | undefined): boolean => !date || date === NO_DATE;
const isIssued = ({ WADAT_IST }: SapRow): boolean => !isUnset(WADAT_IST);

function byDocument(rows: readonly SapRow[], column: string): Map<string, SapRow[]> {
  const found = new Map<string, SapRow[]>();
  for (const row of rows) found.set(row[column]!, [...(found.get(row[column]!) ?? []), row]);
  return found;
}
