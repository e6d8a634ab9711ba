import type { OrderBook } from "../orders/order-book.ts";
import { partitionOf } from "../partition.ts";
import type { Random } from "../random.ts";
import type { Books, CrmRecord } from "./books.ts";
import type { Delivery } from "./delivery.ts";
import type { Loads } from "./loads.ts";
import type { Schedule } from "./paperwork.ts";
import { quantityText } from "./quantities.ts";

const MINUTE_MS = 60_000;
const ORDER_PARTITIONS = 6;
const MERGED_ORDERS = 2;

/** What becomes of an order when its goods have arrived: received, delivered, invoiced. */
export function createOrderEnd(deps: { books: Books; schedule: Schedule; orderBook: OrderBook; loads: Loads }) {
  const { books, schedule, orderBook, loads } = deps;
  /** Orders that wait to be invoiced together, by partition: an event has one key, its records one order. */
  const toInvoice = new Map<number, CrmRecord[]>();

  function invoice(order: CrmRecord, timeMs: number): void {
    const partition = partitionOf(order.id, ORDER_PARTITIONS);
    const waiting = [...(toInvoice.get(partition) ?? []), order];
    const isFull = waiting.length === MERGED_ORDERS;
    toInvoice.set(partition, isFull ? [] : waiting);
    if (isFull) books.updateMerged(waiting, { Description: "Invoiced" }, timeMs);
  }

  return function endOrder(delivery: Delivery, timeMs: number, random: Random): void {
    const { salesOrder, transfer, lines } = delivery;
    const endMs = timeMs + Math.round(random.between(1, 8) * MINUTE_MS);
    if (transfer) {
      const [line] = transfer.lines;
      line!.received += lines[0]!.quantity;
      books.update(line!.schedule, { WEMNG: quantityText(line!.received) }, timeMs);
      books.update(line!.item, { ELIKZ: "X" }, timeMs);
    }
    if (salesOrder) {
      salesOrder.state = "delivered";
      books.update(salesOrder.header, { GBSTK: "C" }, timeMs);
      books.updateCrm(salesOrder.crm, { Status: "Delivered" }, timeMs);
      const end = random.chance(0.03) ? books.loseCrm : invoice;
      schedule(endMs, (now) => {
        end(salesOrder.crm, now);
        orderBook.orders.close(salesOrder.number);
      });
    }
    loads.deliveries.close(delivery.number);
    if (transfer) loads.purchases.close(transfer.number);
  };
}
