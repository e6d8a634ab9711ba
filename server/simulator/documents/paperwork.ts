import type { Vehicle } from "../fleet/vehicle.ts";
import type { OrderBook } from "../orders/order-book.ts";
import { purchaseRows } from "../orders/purchase-order.ts";
import { NO_CONTACT, type SalesDesk } from "../orders/sales-desk.ts";
import type { Send } from "../outgoing.ts";
import type { SimulatedSite } from "../sites.ts";
import type { Ledger } from "../stock/ledger.ts";
import type { FenceTruth } from "../truth/fence-truth.ts";
import type { Books } from "./books.ts";
import type { Delivery } from "./delivery.ts";
import { issueLines, receiptLines } from "./goods.ts";
import type { Loads } from "./loads.ts";
import { localDate, localTime } from "./local-time.ts";
import { createMistakes } from "./mistakes.ts";
import { createOrderEnd } from "./order-end.ts";
import { quantityText } from "./quantities.ts";
import type { SapRow } from "./sap-tables.ts";
import { arrivedRow, departedRow, type ShipmentPlan, shipmentRows } from "./shipment.ts";
import { metresBetween, roundTo, travelMs } from "./travel.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Of so many departures with an order of a customer one is told to SAP wrongly. */
const WRONG_DEPARTURE_EVERY = 20;

export type Schedule = (timeMs: number, run: (timeMs: number) => void) => void;

export type PaperworkDeps = {
  send: Send;
  schedule: Schedule;
  books: Books;
  desk: SalesDesk;
  orderBook: OrderBook;
  loads: Loads;
  ledger: Ledger;
  fences: FenceTruth;
};

/**
 * The papers of a trip: an order, its delivery and shipment, picking, goods issue at departure, what SAP is told of the
 * truck, proof of delivery. Whatever the papers of a vehicle leave to chance is drawn from the vehicle's own numbers.
 */
export function createPaperwork(deps: PaperworkDeps) {
  const { send, schedule, books, desk, orderBook, loads, ledger, fences } = deps;
  const endOrder = createOrderEnd(deps);
  const mistakes = createMistakes(deps);
  let departures = 0;

  function loadingBegins(vehicle: Vehicle, destination: SimulatedSite): void {
    const { random, timeMs, phaseEndMs, site } = vehicle;
    const waits = random.chance(0.6) ? loads.waitingOrder(site, timeMs) : null;
    const plan = planFor(vehicle, waits?.destination ?? destination);
    const createdMs = timeMs + 5 * MINUTE_MS;
    const times = { numberMs: timeMs, createdMs, plan, wantedMs: promiseOf(vehicle, plan) };
    const trip = { origin: site, destination };
    const rush = !waits && destination.kind === "customer" ? loads.newOrder({ ...trip, ...times, random }) : null;
    const sale = (waits ?? rush) && loads.draftSale(vehicle, (waits ?? rush)!, times);
    if (rush && !sale) orderBook.orders.close(rush.number);
    if (sale && waits) begin(vehicle, sale, timeMs);
    else if (sale) rushOrder(vehicle, sale);
    else moveGoods(vehicle, loads.draftTransfer(vehicle, trip, times) ?? loads.draftAnything(vehicle, trip, times));
    fences.load(vehicle.index, vehicle.delivery!);
    mistakes.maybeMake(vehicle, times, phaseEndMs);
  }

  function planFor(vehicle: Vehicle, destination: SimulatedSite): ShipmentPlan {
    const { random, phaseEndMs, site } = vehicle;
    const departMs = roundTo(phaseEndMs + random.between(-10, 15) * MINUTE_MS, 5 * MINUTE_MS);
    const slackMs = random.chance(0.9) ? random.between(0.5, 4) * HOUR_MS : random.between(-2, 0.5) * HOUR_MS;
    const wayMs = travelMs(metresBetween(site, destination), vehicle.drivenSinceRestMs);
    return { departMs, arriveMs: roundTo(departMs + wayMs + slackMs, 15 * MINUTE_MS) };
  }

  /** From a draft to goods on a truck within the time of one loading. */
  function rushOrder(vehicle: Vehicle, delivery: Delivery): void {
    const { random, timeMs } = vehicle;
    const order = delivery.salesOrder!;
    const draftMs = timeMs + Math.round(random.between(0.1, 2) * MINUTE_MS);
    const activeMs = draftMs + Math.round(random.between(0.5, 3) * MINUTE_MS);
    const enteredMs = activeMs + Math.round(random.between(0.2, 1) * MINUTE_MS);
    const contact = random.chance(0.5) ? NO_CONTACT : {};
    schedule(draftMs, (now) => desk.draft(order, now));
    schedule(activeMs, (now) => desk.activate(order, now, contact));
    schedule(enteredMs, (now) => {
      orderBook.enter(order, now);
      order.state = "loading";
    });
    begin(vehicle, delivery, enteredMs);
  }

  function moveGoods(vehicle: Vehicle, delivery: Delivery): void {
    const { random, timeMs } = vehicle;
    const orderedMs = timeMs + Math.round(random.between(0.1, 2) * MINUTE_MS);
    schedule(orderedMs, (now) => books.insert(purchaseRows(delivery.transfer!), now));
    begin(vehicle, delivery, orderedMs);
  }

  /** Delivery and shipment are made after the order is there, and the goods are picked while the truck is loaded. */
  function begin(vehicle: Vehicle, delivery: Delivery, orderedMs: number): void {
    const { random, timeMs, phaseEndMs } = vehicle;
    vehicle.delivery = delivery;
    const deliveryMs = orderedMs + Math.round(random.between(0.5, 4) * MINUTE_MS);
    const shipmentMs = deliveryMs + Math.round(random.between(0.1, 1) * MINUTE_MS);
    const pickedMs = Math.round(timeMs + (phaseEndMs - timeMs) * random.between(0.5, 0.9));
    schedule(deliveryMs, (now) => {
      const { salesOrder, header, lines } = delivery;
      const unitsOf = (line: string) => lines.find(({ order }) => order.line === line)?.units ?? 0;
      if (salesOrder) desk.accept(salesOrder, ({ line }) => unitsOf(line), now);
      books.insert([header, ...lines.map(({ record }) => record)], now);
    });
    schedule(shipmentMs, (now) => books.insert(shipmentRows(delivery.shipment), now));
    schedule(pickedMs, (now) => books.update(delivery.header, { KOSTK: "C" }, now));
  }

  /** The goods issue is posted as the truck leaves; the departure is told some minutes later, at times wrongly. */
  function departs(vehicle: Vehicle): void {
    const { timeMs, random } = vehicle;
    const delivery = vehicle.delivery!;
    const { header, lines, salesOrder, transfer, shipment } = delivery;
    delivery.state = "on_the_way";
    ledger.post(issueLines(delivery), timeMs);
    loads.release(delivery);
    books.update(header, issuedRow(delivery, timeMs), timeMs, random.chance(0.5) ? "full" : "partial");
    for (const { record } of lines) books.update(record, PICKED_AND_ISSUED, timeMs);
    if (transfer) books.update(transfer.lines[0]!.schedule, { WAMNG: quantityText(lines[0]!.quantity) }, timeMs);
    if (salesOrder) {
      salesOrder.state = "shipped";
      books.update(salesOrder.header, { LFGSK: "C", GBSTK: "B" }, timeMs);
      books.updateCrm(salesOrder.crm, { Status: "Shipped" }, timeMs);
    }
    const isWrong = salesOrder !== null && ++departures % WRONG_DEPARTURE_EVERY === 0;
    const toldMs = isWrong ? timeMs - random.between(45, 150) * MINUTE_MS : timeMs + random.between(0, 2) * MINUTE_MS;
    schedule(timeMs + Math.round(random.between(2, 9) * MINUTE_MS), (now) => {
      shipment.told.departedMs = roundTo(toldMs, MINUTE_MS);
      const departed = departedRow(shipment, shipment.told.departedMs);
      books.update(shipment.stage, departed, now);
      books.update(shipment.header, { ...departed, STTBG: "X", STTRG: "5" }, now);
    });
    fences.depart(vehicle.index, delivery);
  }

  function arrives(vehicle: Vehicle): void {
    const { timeMs, random } = vehicle;
    const { shipment } = vehicle.delivery!;
    schedule(timeMs + Math.round(random.between(3, 20) * MINUTE_MS), (now) => {
      shipment.told.arrivedMs = roundTo(timeMs, MINUTE_MS);
      const arrived = arrivedRow(shipment, shipment.told.arrivedMs);
      books.update(shipment.stage, arrived, now);
      books.update(shipment.header, { ...arrived, STTEN: "X", STTRG: "7" }, now);
    });
  }

  function unloaded(vehicle: Vehicle): void {
    const { timeMs, random } = vehicle;
    const delivery = vehicle.delivery!;
    const { date, time } = localTime(timeMs, delivery.destination.timeZone);
    books.update(delivery.header, { PODAT: date, POTIM: time, KODAT: date }, timeMs);
    delivery.state = "delivered";
    if (delivery.transfer) ledger.post(receiptLines(delivery, random.chance(0.06)), timeMs);
    endOrder(delivery, timeMs, random);
  }

  /** A change of no importance to a row of the vehicle's papers, made and not sent. */
  function retouch(system: "sap" | "salesforce", delivery: Delivery, priority: string, timeMs: number) {
    const { header, shipment, salesOrder } = delivery;
    const rank = Number(delivery.number.slice(-2));
    if (system === "salesforce") {
      const record = rank % 3 === 0 ? salesOrder!.lines[0]!.crmItem : salesOrder!.crm;
      return books.changeCrm(record, { Description: `Priority ${priority}` }, timeMs);
    }
    if (rank % 4 === 1) return books.change(shipment.header, { EXTI1: `SEAL ${priority}` }, timeMs);
    if (rank % 4 === 2 && salesOrder) return books.change(salesOrder.lines[0]!.item, { LPRIO: priority }, timeMs);
    return books.change(header, { LPRIO: priority }, timeMs);
  }

  return { loadingBegins, departs, arrives, unloaded, retouch, send };
}

/** Promised is the day of the planned arrival; to some a day too early. */
function promiseOf({ random }: Vehicle, { arriveMs }: ShipmentPlan): number {
  return arriveMs - (random.chance(0.06) ? 20 * HOUR_MS : 0);
}

export const PICKED_AND_ISSUED: SapRow = { KOSTA: "C", WBSTA: "C" };
export const issuedRow = ({ origin }: Delivery, timeMs: number): SapRow => ({
  WADAT_IST: localDate(timeMs, origin.timeZone),
  KOSTK: "C",
  WBSTK: "C",
});
