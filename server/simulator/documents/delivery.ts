import type { PurchaseOrder } from "../orders/purchase-order.ts";
import type { SalesOrder } from "../orders/sales-order.ts";
import type { Random } from "../random.ts";
import type { SimulatedSite } from "../sites.ts";
import type { Position } from "../stock/positions.ts";
import { type SapRecord, sapRecord } from "./books.ts";
import { localDate } from "./local-time.ts";
import { quantityText, THOUSAND } from "./quantities.ts";
import { BOOKED_BY, CLIENT, itemNumber, NO_DATE, NO_TIME, padded, sapDate, sapTime } from "./sap-tables.ts";
import type { Shipment } from "./shipment.ts";

/** What of an order goes on this truck. */
export type DeliveryLine = {
  line: string;
  position: Position;
  /** Where it arrives when it is moved within the company. */
  target: Position | null;
  /** Whole sales units. */
  units: number;
  /** Thousandths of the base unit. */
  quantity: number;
  order: { number: string; line: string };
  record: SapRecord;
};

/** Goods on a truck, for an order of a customer or between sites of the company. */
export type Delivery = {
  number: string;
  vehicleId: string;
  origin: SimulatedSite;
  destination: SimulatedSite;
  salesOrder: SalesOrder | null;
  transfer: PurchaseOrder | null;
  header: SapRecord;
  lines: DeliveryLine[];
  shipment: Shipment;
  state: "loading" | "on_the_way" | "delivered" | "withdrawn";
};

export type DeliveryWants = { position: Position; target: Position | null; units: number; orderLine: string };

export type DeliveryParts = {
  number: string;
  vehicleId: string;
  origin: SimulatedSite;
  destination: SimulatedSite;
  salesOrder: SalesOrder | null;
  transfer: PurchaseOrder | null;
  wanted: readonly DeliveryWants[];
  shipment: Shipment;
  createdMs: number;
  random: Random;
};

/** A delivery just created: picking and goods movement open, nothing issued. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { number, salesOrder, transfer, wanted, createdMs } = parts;
  const orderNumber = salesOrder?.number ?? transfer!.number;
  const lines = wanted.map(({ position, target, units, orderLine }, index): DeliveryLine => {
    const { material, site } = position;
    const line = itemNumber(index);
    const quantity = units * (salesOrder ? material.perSalesUnit : 1) * THOUSAND;
    const record = sapRecord("LIPS", {
      MANDT: CLIENT,
      VBELN: number,
      POSNR: line,
      PSTYV: salesOrder ? "TAN" : "NLN",
      ERDAT: sapDate(createdMs),
      MATNR: material.number,
      ARKTX: material.text,
      WERKS: site.siteId,
      LGORT: "0001",
      LFIMG: quantityText(units * THOUSAND),
      VRKME: salesOrder ? material.salesUnit : material.unit,
      LGMNG: quantityText(quantity),
      MEINS: material.unit,
      VGBEL: orderNumber,
      VGPOS: padded(orderLine, 6),
      VGTYP: salesOrder ? "C" : "V",
      KOSTA: "A",
      WBSTA: "A",
    });
    return { line, position, target, units, quantity, order: { number: orderNumber, line: orderLine }, record };
  });
  const { vehicleId, origin, destination, shipment } = parts;
  const header = sapRecord("LIKP", headerRow(parts, weightKg(lines)));
  return { number, vehicleId, origin, destination, salesOrder, transfer, header, lines, shipment, state: "loading" };
}

const weightKg = (lines: readonly DeliveryLine[]): number =>
  lines.reduce((sum, { position, quantity }) => sum + (position.material.weightKg * quantity) / THOUSAND, 0);

function headerRow(
  { number, origin, destination, vehicleId, salesOrder, shipment, createdMs, random }: DeliveryParts,
  kg: number,
) {
  const { departMs, arriveMs } = shipment.plan;
  const issueDate = localDate(departMs, origin.timeZone);
  const shipTo = padded(destination.siteId, 10);
  return {
    MANDT: CLIENT,
    VBELN: number,
    ERNAM: BOOKED_BY,
    ERZET: sapTime(createdMs),
    ERDAT: sapDate(createdMs),
    VSTEL: origin.siteId,
    VKORG: "1000",
    LFART: salesOrder ? "LF" : "NL",
    WADAT: issueDate,
    LDDAT: issueDate,
    TDDAT: issueDate,
    LFDAT: localDate(arriveMs, destination.timeZone),
    KODAT: sapDate(createdMs),
    BTGEW: (kg * 1.04).toFixed(3),
    NTGEW: kg.toFixed(3),
    GEWEI: "KG",
    VOLUM: (kg / 240).toFixed(3),
    VOLEH: "M3",
    ANZPK: String(random.whole(4, 27)).padStart(5, "0"),
    ROUTE: shipment.route,
    LPRIO: "02",
    KUNNR: shipTo,
    KUNAG: salesOrder?.customer.number ?? shipTo,
    INCO1: "DAP",
    BOLNR: `BOL${number}`,
    TRATY: "0001",
    TRAID: vehicleId,
    VBTYP: "J",
    WADAT_IST: NO_DATE,
    PODAT: NO_DATE,
    POTIM: NO_TIME,
    KOSTK: "A",
    WBSTK: "A",
    SPE_LOEKZ: "",
  };
}
