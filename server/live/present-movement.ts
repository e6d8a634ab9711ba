import type { StockMovement } from "../contracts/stock.ts";
import { isoTime } from "../platform/clock.ts";
import type { BalancedMovement } from "../services/stock/port.ts";
import { presentFactRecord } from "./present-stock.ts";

export function presentMovement(movement: BalancedMovement): StockMovement {
  const { id, postedAtMs, movementType, document, storageLocation, stockType, quantity, unit, balance } = movement;
  return {
    ...{ id, movementType, document, storageLocation, stockType, quantity, unit, balance },
    time: isoTime(postedAtMs),
    reference: referenceOf(movement),
    record: presentFactRecord(movement.record),
  };
}

/** What it was for, the nearest first: a delivery says more than the order behind it. */
function referenceOf({ deliveryId, orderId, purchaseOrderId }: BalancedMovement): StockMovement["reference"] {
  if (deliveryId !== null) return { kind: "delivery", id: deliveryId };
  if (orderId !== null) return { kind: "order", id: orderId };
  return purchaseOrderId === null ? null : { kind: "purchase_order", id: purchaseOrderId };
}
