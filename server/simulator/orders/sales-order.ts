import { type CrmRecord, crmRecord, isoDateTime, type SapRecord, sapRecord } from "../documents/books.ts";
import { localDate, localDay } from "../documents/local-time.ts";
import {
  amountText,
  type Currency,
  priceIn,
  quantityText,
  storedAmountText,
  THOUSAND,
} from "../documents/quantities.ts";
import { salesforceId } from "../documents/salesforce-id.ts";
import { Decimal } from "../documents/salesforce-log.ts";
import { BOOKED_BY, CLIENT, itemNumber, NO_DATE, sapDate, sapTime } from "../documents/sap-tables.ts";
import type { SimulatedSite } from "../sites.ts";
import type { Position } from "../stock/positions.ts";
import type { Customer } from "./customers.ts";

export type SalesLine = {
  line: string;
  position: Position;
  /** Whole sales units; as SAP has them, which may be others than Salesforce's. */
  units: number;
  confirmedUnits: number;
  isRejected: boolean;
  /** Of one sales unit, in the smallest unit of the currency. */
  price: number;
  item: SapRecord;
  schedules: SapRecord[];
  crmItem: CrmRecord;
};

/** What has become of an order: everything else can be read from its rows. */
export type OrderState = "draft" | "open" | "loading" | "shipped" | "delivered" | "cancelled" | "withdrawn";

/** An order as Salesforce and SAP know it at this moment. */
export type SalesOrder = {
  /** VBELN, ten digits. */
  number: string;
  customer: Customer;
  destination: SimulatedSite;
  origin: SimulatedSite;
  currency: Currency;
  state: OrderState;
  /** A truck may load it from here on. */
  loadFromMs: number;
  header: SapRecord;
  lines: SalesLine[];
  crm: CrmRecord;
  /** What SAP charges on top, which Salesforce does not know. */
  surcharge: number;
};

/** Every order of this world is owned by one user of Salesforce. */
export const OWNER_ID = "0055g00000ABcdeAAG";

export type WantedLine = { position: Position; units: number };

/** An order as it is first entered: a draft in Salesforce, rows that SAP does not have yet, nothing confirmed. */
export function createSalesOrder(parts: {
  number: string;
  customer: Customer;
  origin: SimulatedSite;
  wanted: readonly WantedLine[];
  createdMs: number;
  /** When the goods are wanted; its day at the destination is the promised one. */
  wantedMs: number;
  loadFromMs: number;
}): SalesOrder {
  const { number, customer, wanted, wantedMs } = parts;
  const crmId = salesforceId("801", number);
  const day = localDate(wantedMs, customer.site.timeZone);
  const lines = wanted.map((line, index) => aLine(number, crmId, customer.currency, line, index, day));
  return {
    number,
    customer,
    destination: customer.site,
    origin: parts.origin,
    currency: customer.currency,
    state: "draft",
    loadFromMs: parts.loadFromMs,
    header: headerRow(parts, day, worthOf(lines)),
    lines,
    crm: crmRecord("Order", crmId, crmFields(parts, worthOf(lines))),
    surcharge: 0,
  };
}

/** In the smallest unit of the currency. */
export const worthOf = (lines: readonly SalesLine[]): number =>
  lines.reduce((sum, { units, price, isRejected }) => sum + (isRejected ? 0 : units * price), 0);

function headerRow(
  { number, customer, createdMs }: { number: string; customer: Customer; createdMs: number },
  wantedDate: string,
  value: number,
): SapRecord {
  return sapRecord("VBAK", {
    MANDT: CLIENT,
    VBELN: number,
    AUART: "OR",
    VBTYP: "C",
    ERDAT: sapDate(createdMs),
    ERZET: sapTime(createdMs),
    ERNAM: BOOKED_BY,
    AUDAT: sapDate(createdMs),
    VDATU: wantedDate,
    VKORG: "1000",
    VTWEG: "10",
    SPART: "00",
    KUNNR: customer.number,
    BSTNK: `PO-${number}`,
    NETWR: storedAmountText(value),
    WAERK: customer.currency,
    LIFSK: "",
    FAKSK: "",
    VSBED: "01",
    AEDAT: NO_DATE,
    UPD_TMSTMP: `${sapDate(createdMs)}${sapTime(createdMs)}.0000000`,
    GBSTK: "A",
    LFGSK: "A",
    CMGST: "A",
    ABSTK: "A",
  });
}

function aLine(
  number: string,
  crmId: string,
  currency: Currency,
  { position, units }: WantedLine,
  index: number,
  wantedDate: string,
): SalesLine {
  const { material, site } = position;
  const price = priceIn(currency, material.priceDollars * material.perSalesUnit);
  const key = { MANDT: CLIENT, VBELN: number, POSNR: itemNumber(index) };
  const item = sapRecord("VBAP", {
    ...key,
    MATNR: material.number,
    ARKTX: material.text,
    PSTYV: "TAN",
    KWMENG: quantityText(units * THOUSAND),
    VRKME: material.salesUnit,
    KBMENG: "0.000",
    KLMENG: "0.000",
    MEINS: material.unit,
    UMVKZ: String(material.perSalesUnit),
    UMVKN: "1",
    WERKS: site.siteId,
    LGORT: "0001",
    VSTEL: site.siteId,
    NETWR: storedAmountText(units * price),
    NETPR: storedAmountText(price),
    WAERK: currency,
    LPRIO: "02",
    ABGRU: "",
    UEBTO: "0.0",
    UNTTO: "0.0",
  });
  const line = { line: key.POSNR, position, units, confirmedUnits: 0, isRejected: false, price, item };
  return { ...line, schedules: [scheduleRow(line, 0, wantedDate, units, 0)], crmItem: crmItem(line, crmId, currency) };
}

/** A schedule line: so much wanted and so much confirmed for a day. */
export function scheduleRow(
  { item, position }: Pick<SalesLine, "item" | "position">,
  index: number,
  date: string,
  wantedUnits: number,
  confirmedUnits: number,
): SapRecord {
  const { MANDT, VBELN, POSNR } = item.row;
  const { material } = position;
  return sapRecord("VBEP", {
    MANDT: MANDT!,
    VBELN: VBELN!,
    POSNR: POSNR!,
    ETENR: String(index + 1).padStart(4, "0"),
    ETTYP: "CP",
    EDATU: date,
    EZEIT: "000000",
    WMENG: quantityText(wantedUnits * THOUSAND),
    BMENG: quantityText(confirmedUnits * THOUSAND),
    VRKME: material.salesUnit,
    LMENG: quantityText(wantedUnits * material.perSalesUnit * THOUSAND),
    MEINS: material.unit,
    MBDAT: date,
    LDDAT: date,
    WADAT: date,
    LIFSP: "",
    BWART: "601",
  });
}

function crmItem(
  { line, position, units, price }: Pick<SalesLine, "line" | "position" | "units" | "price">,
  orderId: string,
  currency: Currency,
): CrmRecord {
  const number = BigInt(line) / 10n;
  return crmRecord("OrderItem", salesforceId("802", String(BigInt(`0x${hexOf(orderId)}`) * 100n + number)), {
    OrderId: orderId,
    OrderItemNumber: line,
    Product2Id: salesforceId("01t", String(productNumber(position))),
    Quantity: new Decimal(`${units}.0`),
    UnitPrice: new Decimal(amountText(price, currency)),
    CurrencyIsoCode: currency,
    Description: position.material.text,
  });
}

/** The order's own number again, from its id. */
const hexOf = (orderId: string): string => BigInt(parseInt(orderId.slice(5, 15), 36)).toString(16);

function productNumber({ material }: Position): number {
  let number = 0;
  for (const letter of material.number) number = (number * 31 + letter.charCodeAt(0)) % 1_000_000_007;
  return number;
}

function crmFields(
  {
    number,
    customer,
    createdMs,
    wantedMs,
  }: { number: string; customer: Customer; createdMs: number; wantedMs: number },
  value: number,
) {
  const { site, account, currency } = customer;
  return {
    OwnerId: OWNER_ID,
    AccountId: account.id,
    OrderNumber: number.slice(-8),
    EffectiveDate: isoDateTime(createdMs).slice(0, 10),
    EndDate: localDay(wantedMs, site.timeZone),
    Status: "Draft",
    StatusCode: "D",
    Type: "Sale",
    PoNumber: `PO-${number}`,
    PoDate: isoDateTime(createdMs).slice(0, 10),
    TotalAmount: new Decimal(amountText(value, currency)),
    CurrencyIsoCode: currency,
    ShippingAddress: { City: site.name, Country: "US", Street: `Dock ${site.siteId}` },
    ShipToContactId: salesforceId("003", site.siteId),
  };
}
