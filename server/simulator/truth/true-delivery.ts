import type { Delivery } from "../documents/delivery.ts";
import { quantityText, THOUSAND } from "../documents/quantities.ts";
import { CLIENT, dayOf, padded, unpadded } from "../documents/sap-tables.ts";

export type TrueDelivery = {
  id: string;
  number: string;
  direction: "outbound" | "transfer";
  vehicleId: string;
  billOfLading: string;
  originSite: string;
  destinationSite: string;
  isPicked: boolean;
  issuedDay: string | null;
  provenDay: string | null;
  isDeleted: boolean;
  lines: { line: string; material: string; quantity: string; order: string; orderLine: string }[];
};

export function deliveryTruth(delivery: Delivery): TrueDelivery {
  const { number, salesOrder, vehicleId, origin, destination, header, lines } = delivery;
  return {
    id: `sap:${CLIENT}:${number}`,
    number: unpadded(number),
    direction: salesOrder ? "outbound" : "transfer",
    vehicleId,
    billOfLading: header.row.BOLNR!,
    originSite: origin.siteId,
    destinationSite: destination.siteId,
    isPicked: header.row.KOSTK === "C",
    issuedDay: dayOf(header.row.WADAT_IST!),
    provenDay: dayOf(header.row.PODAT!),
    isDeleted: header.row.SPE_LOEKZ === "X",
    lines: lines.map(({ line, position, units, order }) => ({
      line,
      material: position.material.number,
      quantity: quantityText(units * THOUSAND),
      order: unpadded(order.number),
      orderLine: padded(order.line, 6),
    })),
  };
}
