import { Big } from "big.js";
import type { Delivery, DeliveryLine } from "../delivery.ts";
import type { PurchaseOrder } from "../purchase-order.ts";
import type { Day } from "../sales-order.ts";
import { lineKey } from "./open-reservations.ts";

/** Ordered for a position and not received yet. */
export type OnOrder = { purchaseOrderId: string; lineKey: string; unit: string | null; quantity: Big; day: Day | null };

/** On a truck to a position. `purchaseLineKey` is the order line it fulfils, where one is named. */
export type OnTheWay = {
  deliveryId: string;
  vehicleId: string | null;
  fromSite: string | null;
  unit: string | null;
  quantity: Big;
  /** As planned; an estimate of the truck's own is better. */
  plannedDay: Day | null;
  purchaseLineKey: string | null;
};

export type Goods = { material: string; site: string };
export type Placed<Fact> = Goods & { fact: Fact };

/**
 * What each schedule line of a purchase order still misses, with the position it is for. Lines that miss nothing stay in
 * with zero: by them a truck is known to have arrived, see `withoutRepeats`.
 */
export function openPurchases(order: PurchaseOrder): Placed<OnOrder>[] {
  if (order.isDeleted) return [];
  return order.lines.flatMap(({ line, material, site, unit, schedule, isDeleted, isComplete }) => {
    if (isDeleted || material === null || site === null) return [];
    const isDone = isComplete || order.isClosed;
    return schedule.map(({ day, quantity, received }) => {
      const missing = isDone ? Big(0) : Big(quantity).minus(received);
      const open = missing.gt(0) ? missing : Big(0);
      const fact = { purchaseOrderId: order.id, lineKey: lineKey(order.id, line), unit, quantity: open, day };
      return { material, site, fact };
    });
  });
}

/**
 * What a delivery brings to sites of ours while it is under way. A transfer is under way from its goods issue; for an
 * inbound delivery, which a supplier announces, the goods movement is the receipt.
 */
export function goodsUnderWay(delivery: Delivery): Placed<OnTheWay>[] {
  const { direction, issuedAt, provenAt, isDeleted, isClosed } = delivery;
  const isTransfer = direction === "transfer" && issuedAt !== null;
  const isInbound = direction === "inbound" && issuedAt === null;
  if (!(isTransfer || isInbound) || provenAt !== null || isDeleted || isClosed) return [];
  return delivery.lines.flatMap((line) => {
    const site = isTransfer ? delivery.destinationSite : (line.site ?? delivery.destinationSite);
    return placed(delivery, line, site);
  });
}

function placed(delivery: Delivery, line: DeliveryLine, site: string | null): Placed<OnTheWay>[] {
  const { material, unit, quantity, orderId, orderLine } = line;
  if (site === null || material === null || quantity === null || Big(quantity).lte(0)) return [];
  const fact = {
    deliveryId: delivery.id,
    vehicleId: delivery.vehicleId,
    fromSite: delivery.originSite,
    unit,
    quantity: Big(quantity),
    plannedDay: delivery.plannedDeliveryDay,
    purchaseLineKey: orderId !== null && orderLine !== null ? lineKey(orderId, orderLine) : null,
  };
  return [{ material, site, fact }];
}

/**
 * Goods on a truck are on order too: they are taken off the order, earliest day first, so that nothing is expected
 * twice. A truck cannot bring more than its order still misses: the rest has been received.
 */
export function withoutRepeats(
  onOrder: readonly OnOrder[],
  onTheWay: readonly OnTheWay[],
): { onOrder: OnOrder[]; onTheWay: OnTheWay[] } {
  const left = [...onOrder].sort((one, other) => (one.day ?? "9").localeCompare(other.day ?? "9"));
  const knownLines = new Set(onOrder.map((each) => each.lineKey));
  const underWay = onTheWay.flatMap((goods) => {
    if (goods.purchaseLineKey === null || !knownLines.has(goods.purchaseLineKey)) return [goods];
    const quantity = takeOff(left, goods.purchaseLineKey, goods.quantity);
    return quantity.gt(0) ? [{ ...goods, quantity }] : [];
  });
  return { onOrder: left.filter(({ quantity }) => quantity.gt(0)), onTheWay: underWay };
}

/** Takes up to `wanted` off the open parts of a line; the answer is how much that was. */
function takeOff(open: OnOrder[], key: string, wanted: Big): Big {
  let rest = wanted;
  for (const [index, part] of open.entries()) {
    if (part.lineKey !== key || rest.lte(0)) continue;
    const taken = part.quantity.lt(rest) ? part.quantity : rest;
    open[index] = { ...part, quantity: part.quantity.minus(taken) };
    rest = rest.minus(taken);
  }
  return wanted.minus(rest);
}
