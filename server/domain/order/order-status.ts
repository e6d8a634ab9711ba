import type { CrmOrder } from "../crm.ts";
import { isAllProven } from "./order-lines.ts";
import { type OrderParts, type Shipping, shippingsOf, stopOf } from "./order-parts.ts";
import type { OrderStatus } from "./order-view.ts";

const CANCELLED = ["cancelled", "canceled"];
const DELIVERED = ["delivered", "completed"];

export const isCrmCancelled = ({ isDeleted, status }: CrmOrder): boolean =>
  isDeleted || CANCELLED.includes(status?.toLowerCase() ?? "");

export const isCrmDelivered = ({ status }: CrmOrder): boolean => DELIVERED.includes(status?.toLowerCase() ?? "");

/** How far an order has come, as the ERP and the trucks say; only without an ERP order as Salesforce says. */
export function orderStatus(parts: OrderParts): OrderStatus {
  const { order, crmOrders } = parts;
  if (!order) return crmStatus(crmOrders);
  const isRejected = order.lines.length > 0 && order.lines.every((line) => line.isRejected);
  if (order.isDeleted || isRejected) return "cancelled";
  const shippings = shippingsOf(parts);
  if (isAllProven(order, shippings)) return "delivered";
  const underWay = shippings.filter(({ delivery }) => delivery.issuedAt !== null && delivery.provenAt === null);
  if (underWay.some(hasDeparted)) return "in_transit";
  if (underWay.length > 0) return "shipped";
  if (order.blocks.length > 0) return "blocked";
  if (shippings.some(({ delivery }) => delivery.provenAt === null)) return "picking";
  return order.confirmedDay === null ? "open" : "confirmed";
}

/** By the truck's own signal, or else by what the ERP was told. */
function hasDeparted(shipping: Shipping): boolean {
  const stop = stopOf(shipping, "load");
  if (!stop) return shipping.trip?.state === "under_way";
  return stop.departedAt !== null || stop.reportedDeparture !== null;
}

function crmStatus(crmOrders: readonly CrmOrder[]): OrderStatus {
  if (crmOrders.length > 0 && crmOrders.every(isCrmCancelled)) return "cancelled";
  return crmOrders.some(isCrmDelivered) ? "delivered" : "open";
}
