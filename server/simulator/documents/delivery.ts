import type { Random } from "../random.ts";
import type { SimulatedSite } from "../sites.ts";
import { salesforceId } from "./salesforce-id.ts";
import { NO_DATE, NO_TIME, type SapRow, sapDate, sapTime } from "./sap-tables.ts";

/** A delivery with its order, as both systems know it at this moment. The rows are replaced as they change. */
export type Delivery = {
  number: string;
  orderNumber: string;
  salesforceId: string;
  purchaseOrder: string;
  vehicleId: string;
  origin: SimulatedSite;
  destination: SimulatedSite;
  value: string;
  header: SapRow;
  lines: SapRow[];
  /** Whether the log knows it yet: before that nothing may change it. */
  isKnown: boolean;
};

const DAY_MS = 86_400_000;
const TRUCK_MS = 22; // a day's average with rests, metres per second
const CLIENT = "100";

const MATERIALS = [
  { number: "104711", text: "Pallet wrap 500 mm", weightKg: 12, price: 31 },
  { number: "104712", text: "Corrugated box 600x400", weightKg: 0.6, price: 2 },
  { number: "210044", text: "Brake pad set", weightKg: 4.2, price: 68 },
  { number: "210045", text: "Air filter element", weightKg: 1.4, price: 27 },
  { number: "310200", text: "Frozen peas 10 kg", weightKg: 10, price: 14 },
  { number: "310207", text: "Cheddar block 20 kg", weightKg: 20, price: 96 },
  { number: "410019", text: "Hydraulic pump", weightKg: 31, price: 840 },
  { number: "410020", text: "Bearing 6205", weightKg: 0.2, price: 9 },
  { number: "500123", text: "Laundry detergent 8 l", weightKg: 8.4, price: 17 },
  { number: "500177", text: "Paper towels 12 rolls", weightKg: 3.1, price: 11 },
] as const;

type Parts = {
  deliveryNumber: string;
  orderNumber: string;
  vehicleId: string;
  origin: SimulatedSite;
  destination: SimulatedSite;
  createdMs: number;
  issueMs: number;
  random: Random;
};

/** A delivery just created: picking and goods movement open, nothing issued. */
export function createDelivery(parts: Parts): Delivery {
  const { deliveryNumber, orderNumber, origin, destination, random, createdMs } = parts;
  const items = Array.from({ length: random.whole(1, 4) }, () => ({
    material: random.pick(MATERIALS),
    quantity: random.whole(4, 80) * 12,
  }));
  const weightKg = items.reduce((sum, { material, quantity }) => sum + material.weightKg * quantity, 0);
  const value = items.reduce((sum, { material, quantity }) => sum + material.price * quantity, 0) * 1.0825;
  return {
    number: deliveryNumber,
    orderNumber,
    salesforceId: salesforceId("801", orderNumber),
    purchaseOrder: `PO-${orderNumber}`,
    vehicleId: parts.vehicleId,
    origin,
    destination,
    value: value.toFixed(2),
    header: headerRow(parts, weightKg),
    lines: items.map(({ material, quantity }, index) => ({
      MANDT: CLIENT,
      VBELN: deliveryNumber,
      POSNR: itemNumber(index),
      PSTYV: "TAN",
      ERDAT: sapDate(createdMs),
      MATNR: material.number.padStart(18, "0"),
      ARKTX: material.text,
      WERKS: origin.siteId,
      LGORT: "0001",
      LFIMG: quantity.toFixed(3),
      VRKME: "EA",
      LGMNG: quantity.toFixed(3),
      MEINS: "EA",
      VGBEL: orderNumber,
      VGPOS: itemNumber(index),
      KOSTA: "A",
      WBSTA: "A",
    })),
    isKnown: false,
  };
}

function headerRow(
  { deliveryNumber, origin, destination, vehicleId, createdMs, issueMs, random }: Parts,
  weightKg: number,
): SapRow {
  const arrivalMs = issueMs + (origin.routes.metres[destination.node]! / TRUCK_MS) * 1000 + DAY_MS / 4;
  return {
    MANDT: CLIENT,
    VBELN: deliveryNumber,
    ERNAM: "WHBATCH",
    ERZET: sapTime(createdMs),
    ERDAT: sapDate(createdMs),
    VSTEL: origin.siteId,
    VKORG: "1000",
    LFART: destination.kind === "customer" ? "LF" : "NL",
    WADAT: sapDate(issueMs),
    LDDAT: sapDate(issueMs),
    TDDAT: sapDate(issueMs),
    LFDAT: sapDate(arrivalMs),
    KODAT: sapDate(createdMs),
    BTGEW: (weightKg * 1.04).toFixed(3),
    NTGEW: weightKg.toFixed(3),
    GEWEI: "KG",
    VOLUM: (weightKg / 240).toFixed(3),
    VOLEH: "M3",
    ANZPK: String(random.whole(4, 27)).padStart(5, "0"),
    ROUTE: `R${String(random.whole(1, 400)).padStart(5, "0")}`,
    LPRIO: "02",
    KUNNR: destination.siteId.padStart(10, "0"),
    KUNAG: destination.siteId.padStart(10, "0"),
    INCO1: "DAP",
    BOLNR: `BOL${deliveryNumber}`,
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

const itemNumber = (index: number): string => String((index + 1) * 10).padStart(6, "0");
