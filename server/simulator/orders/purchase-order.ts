import { type SapRecord, sapRecord } from "../documents/books.ts";
import { localDate } from "../documents/local-time.ts";
import { quantityText, storedAmountText } from "../documents/quantities.ts";
import { BOOKED_BY, CLIENT, itemNumber, sapDate } from "../documents/sap-tables.ts";
import type { SimulatedSite } from "../sites.ts";
import type { Position } from "../stock/positions.ts";

export type PurchaseLine = {
  line: string;
  /** What it is received into. */
  position: Position;
  /** Thousandths of the base unit. */
  quantity: number;
  received: number;
  isDeleted: boolean;
  item: SapRecord;
  schedule: SapRecord;
};

/** Goods on their way to a site: bought from a supplier, or moved from another site of the company. */
export type PurchaseOrder = {
  number: string;
  kind: "bought" | "moved";
  supplier: string;
  supplyingSite: SimulatedSite | null;
  site: SimulatedSite;
  dueMs: number;
  header: SapRecord;
  lines: PurchaseLine[];
};

const SUPPLIERS = ["0000300011", "0000300024", "0000300037", "0000300042", "0000300058", "S-PACIFIC", "S-ADRIA"];

export function createPurchaseOrder(parts: {
  number: string;
  supplyingSite: SimulatedSite | null;
  wanted: readonly { position: Position; quantity: number }[];
  createdMs: number;
  dueMs: number;
}): PurchaseOrder {
  const { number, supplyingSite, wanted, createdMs, dueMs } = parts;
  const { site } = wanted[0]!.position;
  const supplier = supplyingSite ? "" : SUPPLIERS[Number(BigInt(number) % BigInt(SUPPLIERS.length))]!;
  return {
    number,
    kind: supplyingSite ? "moved" : "bought",
    supplier,
    supplyingSite,
    site,
    dueMs,
    header: sapRecord("EKKO", {
      MANDT: CLIENT,
      EBELN: number,
      BUKRS: "1000",
      BSTYP: "F",
      BSART: supplyingSite ? "UB" : "NB",
      LOEKZ: "",
      AEDAT: sapDate(createdMs),
      ERNAM: BOOKED_BY,
      LIFNR: supplier,
      RESWK: supplyingSite?.siteId ?? "",
      EKORG: "1000",
      EKGRP: "001",
      WAERS: "USD",
      BEDAT: sapDate(createdMs),
    }),
    lines: wanted.map(({ position, quantity }, index) =>
      aLine(number, index, position, quantity, localDate(dueMs, site.timeZone), supplyingSite !== null),
    ),
  };
}

export const purchaseRows = (order: PurchaseOrder): SapRecord[] => [
  order.header,
  ...order.lines.flatMap(({ item, schedule }) => [item, schedule]),
];

export const isReceived = ({ lines }: PurchaseOrder): boolean =>
  lines.every(({ isDeleted, received, quantity }) => isDeleted || received >= quantity);

function aLine(
  number: string,
  index: number,
  position: Position,
  quantity: number,
  dueDate: string,
  isMoved: boolean,
): PurchaseLine {
  const { material, site } = position;
  const line = itemNumber(index, 5);
  const key = { MANDT: CLIENT, EBELN: number, EBELP: line };
  const cents = Math.round(material.priceDollars * 60);
  const item = sapRecord("EKPO", {
    ...key,
    LOEKZ: "",
    TXZ01: material.text,
    MATNR: material.number,
    WERKS: site.siteId,
    LGORT: "0001",
    MENGE: quantityText(quantity),
    MEINS: material.unit,
    NETPR: isMoved ? "0.00" : storedAmountText(cents),
    PEINH: "1",
    NETWR: isMoved ? "0.00" : storedAmountText(Math.round((cents * quantity) / 1000)),
    ELIKZ: "",
    PSTYP: isMoved ? "7" : "0",
    UEBTO: "0.0",
    UNTTO: "0.0",
  });
  const schedule = sapRecord("EKET", {
    ...key,
    ETENR: "0001",
    EINDT: dueDate,
    SLFDT: dueDate,
    UZEIT: "000000",
    MENGE: quantityText(quantity),
    WEMNG: "0.000",
    WAMNG: "0.000",
  });
  return { line, position, quantity, received: 0, isDeleted: false, item, schedule };
}
