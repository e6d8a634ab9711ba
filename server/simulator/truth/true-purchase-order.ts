import { quantityText } from "../documents/quantities.ts";
import { CLIENT, unpadded } from "../documents/sap-tables.ts";
import { isReceived, type PurchaseOrder } from "../orders/purchase-order.ts";

export type TruePurchaseOrder = {
  id: string;
  number: string;
  supplier: string | null;
  supplyingSite: string | null;
  isClosed: boolean;
  lines: { line: string; material: string; site: string; ordered: string; received: string; isDeleted: boolean }[];
};

export function purchaseTruth(order: PurchaseOrder): TruePurchaseOrder {
  const { number, supplier, supplyingSite, site } = order;
  return {
    id: `sap:${CLIENT}:${number}`,
    number: unpadded(number),
    supplier: supplier === "" ? null : unpadded(supplier),
    supplyingSite: supplyingSite?.siteId ?? null,
    isClosed: isReceived(order),
    lines: order.lines.map(({ line, position, quantity, received, isDeleted }) => ({
      line,
      material: position.material.number,
      site: site.siteId,
      ordered: quantityText(quantity),
      received: quantityText(received),
      isDeleted,
    })),
  };
}
