import type { Books } from "../documents/books.ts";
import type { Schedule } from "../documents/paperwork.ts";
import { Registry } from "../documents/registry.ts";
import { dayOf } from "../documents/sap-tables.ts";
import { metresBetween, travelMs } from "../documents/travel.ts";
import { chooseDestination } from "../fleet/duty.ts";
import type { Random } from "../random.ts";
import { isOrigin, type SimulatedSite } from "../sites.ts";
import { type Assortment, drawUnits, type Position } from "../stock/positions.ts";
import type { Customer } from "./customers.ts";
import { plantDisagreement, plantQuantity } from "./planted.ts";
import { type Confirmation, confirm, isBlocked, NO_CONTACT, type SalesDesk } from "./sales-desk.ts";
import { createSalesOrder, type SalesOrder } from "./sales-order.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Orders that wait for a truck, for each vehicle of the fleet; with those on the road about 3,000 of 5,000 vehicles. */
const WAITING_PER_VEHICLE = 0.28;
const WAITING_MIN = 4;
/** So long before it has to leave an order may be loaded. */
const LOAD_AHEAD_MS = 20 * HOUR_MS;

export type OrderWish = {
  origin: SimulatedSite;
  destination: SimulatedSite;
  createdMs: number;
  numberMs: number;
  wantedMs: number;
  random: Random;
};

export type OrderBook = ReturnType<typeof createOrderBook>;

/** All orders of customers: those that wait for a truck, by the site they leave from, and how new ones come in. */
export function createOrderBook(deps: {
  vehicles: number;
  startMs: number;
  sites: readonly SimulatedSite[];
  customers: readonly Customer[];
  assortment: Assortment;
  random: Random;
  desk: SalesDesk;
  books: Books;
  schedule: Schedule;
  takeNumber(timeMs: number): string;
}) {
  const { startMs, assortment, random, desk, books, schedule } = deps;
  const origins = deps.sites.filter(isOrigin);
  const buyers = new Map<SimulatedSite, Customer[]>();
  for (const customer of deps.customers) buyers.set(customer.site, [...(buyers.get(customer.site) ?? []), customer]);
  const orders = new Registry<SalesOrder>();
  let settled = 0;
  const waiting = new Map<SimulatedSite, SalesOrder[]>(origins.map((site) => [site, []]));

  /** An order of one to three lines; `null` where nothing is kept that could be sold. */
  function make(wish: OrderWish, kind: "sure" | "usual" | "short" = "sure"): SalesOrder | null {
    const { origin, destination, wantedMs } = wish;
    const positions = chooseLines(assortment.at(origin), wish.random, kind === "short");
    if (positions.length === 0) return null;
    const order = createSalesOrder({
      number: deps.takeNumber(wish.numberMs),
      customer: wish.random.pick(buyers.get(destination)!),
      origin,
      wanted: positions.map((position) => ({ position, units: drawUnits(position.material, wish.random) })),
      createdMs: wish.createdMs,
      wantedMs,
      loadFromMs: wantedMs - travelMs(metresBetween(origin, destination)) - LOAD_AHEAD_MS,
    });
    const confirmation = drawConfirmation(kind, positions, wish.random);
    confirm(order, confirmation, wantedMs);
    orders.add(order.number, order);
    return order;
  }

  /** The waiting orders of the beginning, told from `fromMs` to `untilMs`. */
  function open(fromMs: number, untilMs: number): void {
    const count = Math.max(WAITING_MIN, Math.round(deps.vehicles * WAITING_PER_VEHICLE));
    for (let index = 0; index < count; index++) {
      const order = makeWaiting(startMs - deps.vehicles * 3, startMs - random.between(2, 90) * HOUR_MS);
      if (!order) continue;
      settle(order, "Activated");
      if (random.chance(0.04)) setBlock(order, random.chance(0.6) ? "LIFSK" : "CMGST");
      order.state = "open";
      schedule(fromMs + Math.round(((untilMs - fromMs) * index) / count), (now) => {
        desk.load(order, now);
        waiting.get(order.origin)!.push(order);
      });
    }
    const coming = Math.max(2, Math.round(count / 60));
    for (let index = 0; index < coming; index++) expectAnother(startMs + random.between(1, 10) * MINUTE_MS);
  }

  function makeWaiting(numberMs: number, createdMs: number): SalesOrder | null {
    const origin = random.pick(origins);
    const destination = customerNear(origin);
    const days = random.chance(0.05) ? random.between(-0.4, 0.3) : random.between(0.4, 6);
    const wantedMs = startOf(createdMs) + travelMs(metresBetween(origin, destination)) + days * DAY_MS;
    return make(
      { origin, destination, createdMs, numberMs, wantedMs, random },
      random.chance(0.05) ? "short" : "usual",
    );
  }

  /** Wishes are counted from the present, and from the beginning for orders of before. */
  const startOf = (createdMs: number) => Math.max(startMs, createdMs);

  function customerNear(origin: SimulatedSite): SimulatedSite {
    for (;;) {
      const site = chooseDestination(origin, random);
      if (site.kind === "customer") return site;
    }
  }

  /** A draft in Salesforce, activated soon or much later; then SAP takes it, and it waits for a truck. */
  function expectAnother(draftMs: number): void {
    schedule(Math.round(draftMs), (now) => {
      const order = makeWaiting(now, now);
      if (!order) return;
      desk.draft(order, now);
      const minutes = random.chance(0.25) ? random.between(20, 60) : random.between(1, 8);
      const activeMs = Math.round(now + minutes * MINUTE_MS);
      const contact = random.chance(0.5) ? NO_CONTACT : {};
      schedule(activeMs, (at) => desk.activate(order, at, contact));
      schedule(activeMs + Math.round(random.between(0.3, 1.5) * MINUTE_MS), (at) => takeIn(order, at));
    });
  }

  function takeIn(order: SalesOrder, timeMs: number): void {
    enter(order, timeMs);
    waiting.get(order.origin)!.push(order);
    const soonMs = timeMs + Math.round(random.between(4, 25) * MINUTE_MS);
    const roll = random.next();
    if (roll < 0.06) schedule(soonMs, (now) => changeMind(order, now));
    else if (roll < 0.1) {
      const field = random.chance(0.6) ? "LIFSK" : "CMGST";
      schedule(soonMs, (now) => order.state === "open" && desk.block(order, field, now));
      schedule(
        soonMs + Math.round(random.between(1, 4) * HOUR_MS),
        (now) => isBlocked(order) && desk.release(order, now),
      );
    } else if (roll < 0.12) schedule(soonMs, (now) => cancel(order, now));
  }

  /** SAP takes an order, and Salesforce agrees to the day that SAP can keep. */
  function enter(order: SalesOrder, timeMs: number): void {
    const agreedDay = dayOf(order.header.row.VDATU!)!;
    plantDisagreement(order, ++settled, random);
    desk.enter(order, timeMs);
    if (order.crm.fields.EndDate !== agreedDay) books.updateCrm(order.crm, { EndDate: agreedDay }, timeMs);
  }

  /** An order from before the log began: both systems have agreed on it, or never will. */
  function settle(order: SalesOrder, status: string): void {
    const EndDate = dayOf(order.header.row.VDATU!)!;
    order.crm.fields = { ...order.crm.fields, EndDate, Status: status, StatusCode: "A" };
    settled += 1;
    plantDisagreement(order, settled, random);
    plantQuantity(order, settled, random);
  }

  /** A quantity that is changed in Salesforce after SAP took the order: mostly SAP is told, sometimes nobody does. */
  function changeMind(order: SalesOrder, timeMs: number): void {
    if (order.state !== "open") return;
    const [line] = order.lines;
    const units = line!.units + random.whole(1, 20);
    desk.changeQuantity(order, line!, units, timeMs);
    if (random.chance(0.35)) return;
    const toldMs = timeMs + Math.round(random.between(1, 6) * MINUTE_MS);
    schedule(toldMs, (now) => order.state === "open" && desk.followQuantity(order, line!, units, now));
  }

  function cancel(order: SalesOrder, timeMs: number): void {
    if (order.state !== "open") return;
    leave(order, timeMs);
    desk.reject(order, timeMs);
    schedule(timeMs + 2 * MINUTE_MS, (now) => {
      books.updateCrm(order.crm, { Status: "Cancelled" }, now);
      orders.close(order.number);
    });
  }

  /** The order of this site that has waited longest and may leave now; another comes in for it. */
  function takeFor(site: SimulatedSite, nowMs: number, hasGoods: (order: SalesOrder) => boolean): SalesOrder | null {
    const order = (waiting.get(site) ?? []).find(
      (one) => one.state === "open" && one.loadFromMs <= nowMs && !isBlocked(one) && hasGoods(one),
    );
    if (!order) return null;
    leave(order, nowMs);
    order.state = "loading";
    return order;
  }

  function leave(order: SalesOrder, timeMs: number): void {
    const list = waiting.get(order.origin)!;
    list.splice(list.indexOf(order), 1);
    expectAnother(timeMs + random.between(1, 30) * MINUTE_MS);
  }

  return { make, open, settle, enter, takeFor, orders };
}

/** Some have one line, some two, few three. */
function chooseLines(positions: readonly Position[], random: Random, isShort: boolean): Position[] {
  const fit = positions.filter(({ fate }) => (fate === "out" || fate === "below") === isShort);
  const roll = random.next();
  const wished = roll < 0.7 ? 1 : roll < 0.92 ? 2 : 3;
  const chosen = new Set<Position>();
  for (let draw = 0; draw < wished && fit.length > 0; draw++) chosen.add(random.pick(fit));
  return [...chosen];
}

/** What is out cannot be confirmed at all. */
function drawConfirmation(
  kind: "sure" | "usual" | "short",
  positions: readonly Position[],
  random: Random,
): Confirmation {
  if (kind === "sure") return { kind: "full" };
  if (kind === "short") {
    const isOut = positions.some(({ fate }) => fate === "out");
    return { kind: "short", share: isOut ? 0 : random.between(0.2, 0.8) };
  }
  const roll = random.next();
  if (roll < 0.02) return { kind: "short", share: random.between(0.5, 0.9) };
  return roll < 0.08 ? { kind: "later", days: random.whole(1, 3) } : { kind: "full" };
}

function setBlock(order: SalesOrder, field: "LIFSK" | "CMGST"): void {
  order.header.row = { ...order.header.row, [field]: field === "LIFSK" ? "01" : "B" };
}
