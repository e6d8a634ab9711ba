import type { Outgoing, Send } from "../outgoing.ts";
import { partitionOf } from "../partition.ts";
import type { Delivery } from "./delivery.ts";
import { isoDateTime, orderFields } from "./order-fields.ts";
import type { createSalesforceLog } from "./salesforce-log.ts";
import type { createSapLog, UpdateForm } from "./sap-log.ts";
import { type SapRow, sapDate, sapTime } from "./sap-tables.ts";

const ORDER_PARTITIONS = 6;
const MERGED_ORDERS = 3;

export type OrderSet = Record<string, string | null>;

/** Writes a delivery and its order into the logs of their systems, and keeps its rows as they then are. */
export function createDeliveryLog(deps: {
  send: Send;
  sap: ReturnType<typeof createSapLog>;
  salesforce: ReturnType<typeof createSalesforceLog>;
}) {
  const { send, sap, salesforce } = deps;
  /** Orders that wait to be closed together, by partition: an event has one key, its records one order. */
  const toClose = new Map<number, string[]>();

  function createOrder(delivery: Delivery, status: string, timeMs: number): void {
    send(salesforce("CREATE", [delivery.salesforceId], orderFields(delivery, status, timeMs), timeMs));
  }

  /** A delivery from before the log began, as the full load of a new replication task tells it. */
  function load(delivery: Delivery, timeMs: number): void {
    send(sap.refresh("LIKP", delivery.header, timeMs));
    for (const line of delivery.lines) send(sap.refresh("LIPS", line, timeMs));
    delivery.isKnown = true;
  }

  function insert(delivery: Delivery, timeMs: number): void {
    setRows(delivery, { ERDAT: sapDate(timeMs), ERZET: sapTime(timeMs) }, { ERDAT: sapDate(timeMs) });
    send(sap.insert("LIKP", delivery.header, timeMs));
    for (const line of delivery.lines) send(sap.insert("LIPS", line, timeMs));
    delivery.isKnown = true;
  }

  /** Made, not sent: a late one is sent after the next. */
  function changeHeader(delivery: Delivery, set: SapRow, form: UpdateForm, timeMs: number): Outgoing {
    const change = sap.update("LIKP", delivery.header, set, form, timeMs);
    setRows(delivery, set, {});
    return change;
  }

  function updateLines(delivery: Delivery, set: SapRow, timeMs: number): void {
    for (const line of delivery.lines) send(sap.update("LIPS", line, set, "partial", timeMs));
    setRows(delivery, {}, set);
  }

  /** Made, not sent. */
  function changeOrder(delivery: Delivery, set: OrderSet, timeMs: number): Outgoing {
    const fields = { ...set, LastModifiedDate: isoDateTime(timeMs) };
    return salesforce("UPDATE", [delivery.salesforceId], fields, timeMs);
  }

  /** Several orders changed in one transaction come as one event. */
  function closeOrder({ salesforceId: id }: Delivery, timeMs: number): void {
    const partition = partitionOf(id, ORDER_PARTITIONS);
    const waiting = [...(toClose.get(partition) ?? []), id];
    const isFull = waiting.length === MERGED_ORDERS;
    toClose.set(partition, isFull ? [] : waiting);
    if (!isFull) return;
    send(salesforce("UPDATE", waiting, { Description: "Invoiced", LastModifiedDate: isoDateTime(timeMs) }, timeMs));
  }

  /** Salesforce could not build the event: what has changed is not said. */
  function loseOrderEvent({ salesforceId: id }: Delivery, timeMs: number): void {
    send(salesforce("GAP_UPDATE", [id], {}, timeMs));
  }

  return { createOrder, load, insert, changeHeader, updateLines, changeOrder, closeOrder, loseOrderEvent };
}

export function setRows(delivery: Delivery, header: SapRow, line: SapRow): void {
  delivery.header = { ...delivery.header, ...header };
  delivery.lines = delivery.lines.map((row) => ({ ...row, ...line }));
}
