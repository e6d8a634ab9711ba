import type { Books } from "../documents/books.ts";
import { localDate } from "../documents/local-time.ts";
import { amountText, quantityText, storedAmountText, THOUSAND } from "../documents/quantities.ts";
import { Decimal } from "../documents/salesforce-log.ts";
import { sapDate } from "../documents/sap-tables.ts";
import { type SalesLine, type SalesOrder, scheduleRow, worthOf } from "./sales-order.ts";

const DAY_MS = 86_400_000;

/** How SAP answers an order: all of it in time, all of it on a later day, or less than was ordered. */
export type Confirmation = { kind: "full" } | { kind: "later"; days: number } | { kind: "short"; share: number };

/** With the activation somebody may find that nobody is there to call. */
export const NO_CONTACT = { ShipToContactId: null, Description: "Contact on site unknown" };

export type SalesDesk = ReturnType<typeof createSalesDesk>;

/** What people do to an order in Salesforce and in SAP, each as changes of the rows there. */
export function createSalesDesk({ books }: { books: Books }) {
  function draft(order: SalesOrder, timeMs: number): void {
    books.createCrm([order.crm, ...order.lines.map(({ crmItem }) => crmItem)], timeMs);
  }

  function activate(order: SalesOrder, timeMs: number, more: Readonly<Record<string, string | null>> = {}): void {
    books.updateCrm(order.crm, { Status: "Activated", StatusCode: "A", ...more }, timeMs);
  }

  /** SAP takes the order and says what it can keep. */
  function enter(order: SalesOrder, timeMs: number): void {
    books.insert(rowsOf(order), timeMs);
    order.state = "open";
  }

  function load(order: SalesOrder, timeMs: number): void {
    draft(order, timeMs);
    books.load(rowsOf(order), timeMs);
  }

  /** Somebody sells more, or less, after SAP took the order. */
  function changeQuantity(order: SalesOrder, line: SalesLine, units: number, timeMs: number): void {
    const others = order.lines.filter((other) => other !== line);
    const value = worthOf(others) + units * line.price;
    books.updateCrm(line.crmItem, { Quantity: new Decimal(`${units}.0`) }, timeMs);
    books.updateCrm(order.crm, { TotalAmount: new Decimal(amountText(value, order.currency)) }, timeMs);
  }

  /** SAP is told of it, and confirms the new quantity in full. */
  function followQuantity(order: SalesOrder, line: SalesLine, units: number, timeMs: number): void {
    line.units = units;
    line.confirmedUnits = units;
    const [quantity, base] = [units * THOUSAND, units * line.position.material.perSalesUnit * THOUSAND];
    const confirmed = { KWMENG: quantityText(quantity), KBMENG: quantityText(quantity), KLMENG: quantityText(base) };
    books.update(line.item, { ...confirmed, NETWR: storedAmountText(units * line.price) }, timeMs);
    const last = line.schedules.at(-1)!;
    for (const schedule of line.schedules) {
      const isLast = schedule === last;
      const isFirst = schedule === line.schedules[0];
      const set = {
        ...(isFirst && { WMENG: quantityText(quantity), LMENG: quantityText(base) }),
        ...(isLast && { BMENG: quantityText(quantity) }),
      };
      books.update(schedule, set, timeMs);
    }
    const changed = { NETWR: storedAmountText(worthOf(order.lines) + order.surcharge), AEDAT: sapDate(timeMs) };
    books.update(order.header, changed, timeMs);
  }

  /** The customer takes what there is: less of a line, or without it. Both systems are told. */
  function accept(order: SalesOrder, unitsOf: (line: SalesLine) => number, timeMs: number): void {
    for (const line of order.lines) {
      const units = unitsOf(line);
      if (units >= line.units || line.isRejected) continue;
      if (units > 0) {
        changeQuantity(order, line, units, timeMs);
        followQuantity(order, line, units, timeMs);
      } else withoutLine(order, line, timeMs);
    }
  }

  function withoutLine(order: SalesOrder, line: SalesLine, timeMs: number): void {
    line.isRejected = true;
    books.update(line.item, { ABGRU: "03" }, timeMs);
    books.removeCrm([line.crmItem], timeMs);
    const worth = worthOf(order.lines);
    books.update(order.header, { NETWR: storedAmountText(worth + order.surcharge), AEDAT: sapDate(timeMs) }, timeMs);
    books.updateCrm(order.crm, { TotalAmount: new Decimal(amountText(worth, order.currency)) }, timeMs);
  }

  function block(order: SalesOrder, field: "LIFSK" | "CMGST", timeMs: number): void {
    books.update(order.header, { [field]: field === "LIFSK" ? "01" : "B" }, timeMs);
  }

  function release(order: SalesOrder, timeMs: number): void {
    books.update(order.header, { LIFSK: "", CMGST: order.header.row.CMGST === "B" ? "D" : "A" }, timeMs);
  }

  /** Rejected in SAP, line by line; Salesforce is told afterwards. */
  function reject(order: SalesOrder, timeMs: number): void {
    for (const { item } of order.lines) books.update(item, { ABGRU: "02" }, timeMs);
    books.update(order.header, { ABSTK: "C", GBSTK: "C" }, timeMs);
    order.state = "cancelled";
  }

  return { draft, activate, enter, load, changeQuantity, followQuantity, accept, block, release, reject };
}

export const rowsOf = (order: SalesOrder) => [
  order.header,
  ...order.lines.flatMap(({ item, schedules }) => [item, ...schedules]),
];

export const isBlocked = ({ header }: SalesOrder): boolean => header.row.LIFSK !== "" || header.row.CMGST === "B";

/** Before SAP has the rows: writes into them what can be kept. Salesforce and the customer agree to a later day. */
export function confirm(order: SalesOrder, confirmation: Confirmation, wantedMs: number): void {
  const zone = order.destination.timeZone;
  for (const line of order.lines) {
    const { material } = line.position;
    const share = confirmation.kind === "short" ? confirmation.share : 1;
    line.confirmedUnits = Math.floor(line.units * share);
    const confirmed = line.confirmedUnits * THOUSAND;
    line.item.row = {
      ...line.item.row,
      KBMENG: quantityText(confirmed),
      KLMENG: quantityText(confirmed * material.perSalesUnit),
    };
    const [first] = line.schedules;
    if (confirmation.kind === "later") {
      const date = localDate(wantedMs + confirmation.days * DAY_MS, zone);
      line.schedules = [first!, scheduleRow(line, 1, date, 0, line.confirmedUnits)];
    } else first!.row = { ...first!.row, BMENG: quantityText(confirmed) };
  }
  if (confirmation.kind !== "later") return;
  const date = localDate(wantedMs + confirmation.days * DAY_MS, zone);
  order.header.row = { ...order.header.row, VDATU: date };
}
