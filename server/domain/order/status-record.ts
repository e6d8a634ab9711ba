import { type FactRecord, headerRecordOf } from "../business-object.ts";
import type { SalesOrder } from "../sales-order.ts";
import { type OrderParts, shippingsOf } from "./order-parts.ts";
import type { OrderStatus } from "./order-view.ts";

/** The record of the ERP's row that says how far an order has come: of what is on the road that its goods were issued. */
export function statusRecord(status: OrderStatus, parts: OrderParts): FactRecord | null {
  const { order } = parts;
  const deliveries = shippingsOf(parts).map(({ delivery }) => delivery);
  switch (status) {
    case "delivered":
      return newest(deliveries.map(({ provenAt }) => provenAt?.record ?? null));
    case "in_transit":
    case "shipped":
      return newest(
        deliveries.map(({ issuedAt, provenAt }) => (provenAt === null ? (issuedAt?.record ?? null) : null)),
      );
    case "picking":
      return newest(deliveries.map(headerRecordOf));
    default:
      return order && ofOrder(status, order);
  }
}

function ofOrder(status: OrderStatus, order: SalesOrder): FactRecord | null {
  const header = headerRecordOf(order);
  if (status === "confirmed") return order.confirmedAt?.record ?? header;
  if (status === "blocked") return order.blocks[0]?.record ?? header;
  if (status === "cancelled" && !order.isDeleted) return newest(order.lines.map(({ record }) => record)) ?? header;
  return header;
}

const newest = (records: readonly (FactRecord | null)[]): FactRecord | null =>
  records.reduce<FactRecord | null>(
    (found, record) => (record !== null && (found === null || record.timestampMs > found.timestampMs) ? record : found),
    null,
  );
