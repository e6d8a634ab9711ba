import type { MovementLine, MovementReference } from "../stock/movements.ts";
import { MAIN_LOCATION } from "../stock/positions.ts";
import type { Delivery, DeliveryLine } from "./delivery.ts";

/** What leaves with a truck: sold goods are gone, moved ones are in transit to where they go. */
export function issueLines(delivery: Delivery): MovementLine[] {
  const { salesOrder, destination } = delivery;
  return delivery.lines.flatMap((line): MovementLine[] => {
    const { material, site } = line.position;
    const taken = { material, site: site.siteId, location: MAIN_LOCATION, quantity: line.quantity };
    const reference = referenceOf(delivery, line);
    if (salesOrder) return [{ ...taken, type: "601", stockType: "unrestricted", adds: false, reference }];
    const moved = { ...reference, UMWRK: destination.siteId };
    return [
      { ...taken, type: "641", stockType: "unrestricted", adds: false, reference: moved },
      { ...inTransit(line, delivery), type: "641", adds: true, isAutomatic: true, reference: moved },
    ];
  });
}

/** What arrives where it was moved to; now and then it has to be inspected first. */
export function receiptLines(delivery: Delivery, isInspected: boolean): MovementLine[] {
  return delivery.lines.flatMap((line): MovementLine[] => {
    const { material } = line.position;
    const place = { material, site: delivery.destination.siteId, location: MAIN_LOCATION, quantity: line.quantity };
    const reference = referenceOf(delivery, line);
    const stockType = isInspected ? "qualityInspection" : "unrestricted";
    return [
      { ...place, type: "101", stockType, adds: true, reference },
      { ...inTransit(line, delivery), type: "101", adds: false, isAutomatic: true, reference },
    ];
  });
}

const inTransit = ({ position, quantity }: DeliveryLine, { destination }: Delivery) => ({
  material: position.material,
  site: destination.siteId,
  location: "",
  stockType: "inTransit" as const,
  quantity,
});

function referenceOf({ number, salesOrder, destination }: Delivery, { line, order }: DeliveryLine): MovementReference {
  const delivery = { VBELN_IM: number, VBELP_IM: line };
  if (!salesOrder) return { ...delivery, EBELN: order.number, EBELP: order.line };
  const customer = destination.siteId.padStart(10, "0");
  return { ...delivery, KDAUF: order.number, KDPOS: order.line, KUNNR: customer };
}
