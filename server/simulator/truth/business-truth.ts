import type { Delivery } from "../documents/delivery.ts";
import type { Registry } from "../documents/registry.ts";
import { unpadded } from "../documents/sap-tables.ts";
import type { Case } from "../orders/customer-life.ts";
import type { Customer } from "../orders/customers.ts";
import type { PurchaseOrder } from "../orders/purchase-order.ts";
import type { SalesOrder } from "../orders/sales-order.ts";
import type { Ledger } from "../stock/ledger.ts";
import type { Assortment } from "../stock/positions.ts";
import { disagreementsOf, type TrueDisagreement } from "./disagreements.ts";
import type { FenceTruth } from "./fence-truth.ts";
import { deliveryTruth, type TrueDelivery } from "./true-delivery.ts";
import { orderTruth, type TrueOrder } from "./true-order.ts";
import { purchaseTruth, type TruePurchaseOrder } from "./true-purchase-order.ts";
import { shipmentTruth, type TrueShipment } from "./true-shipment.ts";
import { stockTruth, type TrueStock } from "./true-stock.ts";

export type TrueCustomer = { number: string; name: string; site: string; account: string; accountNumber: string };
export type TrueMaterial = { material: string; text: string; unit: string; sites: string[] };
export type TrueCase = { id: string; account: string; subject: string; status: string; orderNumber: string };

/** The company as its own books have it, of what has been told so far. */
export type BusinessTruth = ReturnType<typeof createBusinessTruth>;

export function createBusinessTruth(world: {
  ledger: Ledger;
  assortment: Assortment;
  customers: readonly Customer[];
  orders: Registry<SalesOrder>;
  deliveries: Registry<Delivery>;
  purchases: Registry<PurchaseOrder>;
  cases: Registry<Case>;
  fences: FenceTruth;
}) {
  const { ledger, assortment, customers, orders, deliveries, purchases, cases, fences } = world;

  /** Deliveries that SAP has, by the order they belong to. */
  function deliveriesByOrder(): Map<string, Delivery[]> {
    const lists = new Map<string, Delivery[]>();
    for (const delivery of deliveries.values()) {
      if (!delivery.header.isTold || delivery.state === "withdrawn") continue;
      const number = delivery.salesOrder?.number ?? delivery.transfer!.number;
      lists.set(number, [...(lists.get(number) ?? []), delivery]);
    }
    return lists;
  }

  return {
    *stock(): Generator<TrueStock> {
      for (const place of ledger.places()) if (place.movements > 0) yield stockTruth(place);
    },
    *orders(): Generator<TrueOrder> {
      const byOrder = deliveriesByOrder();
      for (const order of orders.values()) {
        if (order.header.isTold) yield orderTruth(order, byOrder.get(order.number) ?? []);
      }
    },
    *deliveries(): Generator<TrueDelivery> {
      for (const delivery of deliveries.values()) if (delivery.header.isTold) yield deliveryTruth(delivery);
    },
    *shipments(): Generator<TrueShipment> {
      for (const { number, shipment } of deliveries.values()) {
        if (shipment.header.isTold) yield shipmentTruth(shipment, number, fences.stayOf(number));
      }
    },
    *purchaseOrders(): Generator<TruePurchaseOrder> {
      for (const order of purchases.values()) if (order.header.isTold) yield purchaseTruth(order);
    },
    *disagreements(): Generator<TrueDisagreement> {
      const byOrder = deliveriesByOrder();
      for (const order of orders.values()) {
        if (!order.header.isTold || !order.crm.isTold) continue;
        yield* disagreementsOf(order, byOrder.get(order.number) ?? [], fences);
      }
    },
    *customers(): Generator<TrueCustomer> {
      for (const { number, name, site, account, partner } of customers) {
        if (!partner.isTold) continue;
        yield {
          number: unpadded(number),
          name,
          site: site.siteId,
          account: `salesforce:${account.id}`,
          accountNumber: unpadded(number),
        };
      }
    },
    *materials(): Generator<TrueMaterial> {
      for (const { number, text, unit } of assortment.materials) {
        const sites = assortment.all.filter(({ material }) => material.number === number);
        yield { material: number, text, unit, sites: sites.map(({ site }) => site.siteId) };
      }
    },
    *cases(): Generator<TrueCase> {
      for (const { record, order } of cases.values()) {
        const { AccountId, Subject, Status } = record.fields;
        const orderNumber = unpadded(order.number);
        yield {
          id: `salesforce:${record.id}`,
          account: `salesforce:${AccountId}`,
          subject: String(Subject),
          status: String(Status),
          orderNumber,
        };
      }
    },
  };
}
