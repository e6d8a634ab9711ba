import type { Delivery } from "./delivery.ts";
import { salesforceId } from "./salesforce-id.ts";
import { Decimal, type OrderFields } from "./salesforce-log.ts";

/** Salesforce's own integration user owns everything here. */
const OWNER_ID = "0055g00000ABcdeAAG";

export const isoDateTime = (timeMs: number): string => new Date(timeMs).toISOString();

/** All fields of an order that are set: what a CREATE or an UNDELETE carries. */
export function orderFields(delivery: Delivery, status: string, timeMs: number): OrderFields {
  const { destination } = delivery;
  return {
    OwnerId: OWNER_ID,
    AccountId: salesforceId("001", destination.siteId),
    OrderNumber: delivery.orderNumber.slice(-8),
    EffectiveDate: isoDateTime(timeMs).slice(0, 10),
    Status: status,
    StatusCode: status === "Draft" ? "D" : "A",
    Type: destination.kind === "customer" ? "Sale" : "Replenishment",
    PoNumber: delivery.purchaseOrder,
    PoDate: isoDateTime(timeMs).slice(0, 10),
    TotalAmount: new Decimal(delivery.value),
    ShippingAddress: { City: destination.name, Country: "US", Street: `Dock ${destination.siteId}` },
    ShipToContactId: salesforceId("003", destination.siteId),
    CreatedDate: isoDateTime(timeMs),
    LastModifiedDate: isoDateTime(timeMs),
  };
}
