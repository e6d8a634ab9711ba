import { type Books, type CrmRecord, crmRecord, type SapRecord } from "../documents/books.ts";
import { createNumberRange } from "../documents/number-range.ts";
import type { Schedule } from "../documents/paperwork.ts";
import type { Registry } from "../documents/registry.ts";
import { salesforceId } from "../documents/salesforce-id.ts";
import { unpadded } from "../documents/sap-tables.ts";
import type { Random } from "../random.ts";
import type { Customer } from "./customers.ts";
import type { SalesOrder } from "./sales-order.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const SECOND_MS = 1000;
const TOLD_MS = { from: 100, to: 3 * SECOND_MS };
const FIRST_CASE_MS = 80 * SECOND_MS;
const CASES_PER_HOUR = { perVehicle: 0.006, min: 3 };
const CASES_FROM = 6_000_000_000;

export type Case = { record: CrmRecord; order: SalesOrder };

/** What customers do besides ordering: they ask where their order is, and their data change. */
export function createCustomerLife(deps: {
  /** The moment so long after the beginning, told at the pace of this company. */
  openingAt(ms: number): number;
  vehicles: number;
  customers: readonly Customer[];
  partners: readonly SapRecord[];
  orders: Registry<SalesOrder>;
  cases: Registry<Case>;
  books: Books;
  random: Random;
  schedule: Schedule;
}) {
  const { openingAt, customers, partners, orders, cases, books, random, schedule } = deps;
  const everyMs = Math.round(HOUR_MS / Math.max(CASES_PER_HOUR.min, deps.vehicles * CASES_PER_HOUR.perVehicle));
  const takeNumber = createNumberRange(CASES_FROM);

  function begin(): void {
    for (const [index, { partner, account }] of customers.entries()) {
      schedule(openingAt(TOLD_MS.from + ((TOLD_MS.to - TOLD_MS.from) * index) / customers.length), (now) => {
        books.load([partner], now);
        books.createCrm([account], now);
      });
    }
    for (const partner of partners) schedule(openingAt(TOLD_MS.to), (now) => books.load([partner], now));
    const tick = (now: number) => {
      if (random.chance(0.8)) ask(now);
      else changeCustomer(now);
      schedule(now + Math.round(everyMs * random.between(0.5, 1.5)), tick);
    };
    schedule(openingAt(FIRST_CASE_MS), tick);
  }

  /** A customer who waits asks; some days later, here some hours, somebody has answered. */
  function ask(now: number): void {
    const order = someOpenOrder();
    if (!order) return;
    const number = takeNumber(now);
    const record = crmRecord("Case", salesforceId("500", number), {
      CaseNumber: number.slice(-8),
      AccountId: order.customer.account.id,
      Status: "New",
      Priority: random.pick(["Low", "Medium", "High"] as const),
      Origin: "Email",
      Subject: `Where is order ${unpadded(order.number)}?`,
      Description: `We wait for our order ${order.header.row.BSTNK}.`,
      IsEscalated: false,
    });
    cases.add(record.id, { record, order });
    books.createCrm([record], now);
    const workingMs = now + Math.round(random.between(2, 20) * MINUTE_MS);
    schedule(workingMs, (at) => books.updateCrm(record, { Status: "Working" }, at));
    schedule(workingMs + Math.round(random.between(0.2, 4) * HOUR_MS), (at) => {
      books.updateCrm(record, { Status: "Closed", ClosedDate: new Date(at).toISOString() }, at);
      cases.close(record.id);
    });
  }

  function someOpenOrder(): SalesOrder | null {
    const open = [...orders.values()].filter(
      ({ header, state }) => header.isTold && (state === "open" || state === "shipped"),
    );
    return open.length > 0 ? random.pick(open) : null;
  }

  function changeCustomer(now: number): void {
    const { account, partner } = random.pick(customers);
    const phone = `+1 555 02${random.whole(10, 99)} ${random.whole(1000, 9999)}`;
    books.updateCrm(
      account,
      random.chance(0.5) ? { Phone: phone } : { Rating: random.pick(["Hot", "Warm", "Cold"]) },
      now,
    );
    if (random.chance(0.5)) books.update(partner, { TELF1: phone }, now);
  }

  return { begin };
}
