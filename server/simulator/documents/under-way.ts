import { metresToSite } from "../fleet/drive.ts";
import type { Vehicle } from "../fleet/vehicle.ts";
import type { OrderBook } from "../orders/order-book.ts";
import { purchaseRows } from "../orders/purchase-order.ts";
import type { SalesDesk } from "../orders/sales-desk.ts";
import type { Ledger } from "../stock/ledger.ts";
import type { FenceTruth } from "../truth/fence-truth.ts";
import type { Books, SapRecord } from "./books.ts";
import type { Delivery } from "./delivery.ts";
import { issueLines } from "./goods.ts";
import type { DraftTimes, Loads, Trip } from "./loads.ts";
import { issuedRow, PICKED_AND_ISSUED, type Schedule } from "./paperwork.ts";
import { quantityText } from "./quantities.ts";
import type { SapRow } from "./sap-tables.ts";
import { arrivedRow, departedRow, shipmentRows } from "./shipment.ts";
import { metresBetween, roundTo, travelMs } from "./travel.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const SPEED_MS = 22.5;

export type UnderWayTrip = Trip & { isLoaded: boolean; isDocked: boolean; knownWithinMs: number };

/** For the beginning of the world: the papers of trips that began hours ago, which the logs tell within a while. */
export function createUnderWay(deps: {
  startMs: number;
  vehicles: number;
  schedule: Schedule;
  books: Books;
  desk: SalesDesk;
  orderBook: OrderBook;
  loads: Loads;
  ledger: Ledger;
  fences: FenceTruth;
}) {
  const { startMs, schedule, books, desk, orderBook, loads, ledger, fences } = deps;

  return function underWay(vehicle: Vehicle, trip: UnderWayTrip): Delivery {
    const { random } = vehicle;
    const times = timesOf(vehicle, trip);
    const delivery = draft(vehicle, trip, times);
    const postedMs = times.departedMs;
    if (trip.isLoaded) isIssued(delivery, times.departedMs, times.arrivedMs);
    const document = trip.isLoaded ? ledger.takeDocument(times.numberMs) : "";
    schedule(startMs + Math.round(random.between(0, trip.knownWithinMs)), (now) => {
      if (delivery.salesOrder) desk.load(delivery.salesOrder, now);
      else books.load(purchaseRows(delivery.transfer!), now);
      books.load([delivery.header, ...delivery.lines.map(({ record }) => record)], now);
      books.load(shipmentRows(delivery.shipment), now);
      if (!trip.isLoaded) return;
      ledger.load(issueLines(delivery), document, postedMs, now);
      loads.release(delivery);
    });
    if (trip.isLoaded) fences.depart(vehicle.index, delivery);
    else fences.load(vehicle.index, delivery);
    return delivery;
  };

  function draft(vehicle: Vehicle, trip: UnderWayTrip, times: DraftTimes): Delivery {
    const { random } = vehicle;
    const isSale = trip.destination.kind === "customer";
    const order = isSale ? loads.newOrder({ ...trip, ...times, random }) : null;
    if (order) {
      orderBook.settle(order, trip.isLoaded ? "Shipped" : "Activated");
      order.state = trip.isLoaded ? "shipped" : "loading";
    }
    const sale = order && loads.draftSale(vehicle, order, times, true);
    return sale ?? loads.draftTransfer(vehicle, trip, times, true) ?? loads.draftAnything(vehicle, trip, times);
  }

  /** When it left, as its place on the way says, and what was planned: mostly it will be in time. */
  function timesOf(vehicle: Vehicle, { origin, destination, isLoaded, isDocked }: UnderWayTrip) {
    const { random } = vehicle;
    const wayM = metresBetween(origin, destination);
    const remainingM = isLoaded && !isDocked ? Math.min(wayM, metresToSite(vehicle)) : isLoaded ? 0 : wayM;
    const drivenMs = ((wayM - remainingM) / SPEED_MS) * 1000;
    const restedMs = Math.floor(drivenMs / (11 * HOUR_MS)) * 10.3 * HOUR_MS + random.between(0, 1) * HOUR_MS;
    const dockedMs = isLoaded && isDocked ? random.between(5, 40) * MINUTE_MS : 0;
    const arrivedMs = dockedMs > 0 ? Math.round(startMs - dockedMs) : null;
    const departedMs = isLoaded ? Math.round(startMs - dockedMs - drivenMs - restedMs) : vehicle.phaseEndMs;
    const expectedMs = arrivedMs ?? Math.max(startMs, departedMs) + wayAheadMs(vehicle, remainingM, startMs);
    const roll = random.next();
    const slackHours =
      roll < 0.8 ? random.between(0.5, 4) : roll < 0.92 ? random.between(-1, 0.5) : random.between(-6, -1);
    const plan = {
      departMs: roundTo(departedMs + random.between(-25, 10) * MINUTE_MS, 5 * MINUTE_MS),
      arriveMs: roundTo(expectedMs + slackHours * HOUR_MS, 15 * MINUTE_MS),
    };
    const wantedMs = plan.arriveMs - (random.chance(0.06) ? 20 * HOUR_MS : 0);
    const createdMs = Math.round(departedMs - random.between(2, 30) * HOUR_MS);
    // Below the numbers of this start, above those of an earlier one.
    const numberMs = startMs - 3 * deps.vehicles;
    return { numberMs, createdMs, plan, wantedMs, departedMs, arrivedMs };
  }
}

/** Whoever rests drives on with a fresh driver. */
function wayAheadMs({ phase, phaseEndMs, drivenSinceRestMs }: Vehicle, remainingM: number, startMs: number): number {
  if (phase === "resting") return phaseEndMs - startMs + travelMs(remainingM, 0);
  return travelMs(remainingM, drivenSinceRestMs);
}

/** Everything that an issue changes, in rows that are not told yet. */
function isIssued(delivery: Delivery, departedMs: number, arrivedMs: number | null): void {
  const { header, lines, shipment, salesOrder, transfer } = delivery;
  delivery.state = "on_the_way";
  for (const { position, quantity } of lines) position.issuedBefore += quantity;
  set(header, issuedRow(delivery, departedMs));
  for (const { record } of lines) set(record, PICKED_AND_ISSUED);
  shipment.told.departedMs = roundTo(departedMs, MINUTE_MS);
  const departed = departedRow(shipment, shipment.told.departedMs);
  set(shipment.stage, departed);
  set(shipment.header, { ...departed, STTBG: "X", STTRG: "5" });
  if (arrivedMs !== null) {
    shipment.told.arrivedMs = roundTo(arrivedMs, MINUTE_MS);
    const arrived = arrivedRow(shipment, shipment.told.arrivedMs);
    set(shipment.stage, arrived);
    set(shipment.header, { ...arrived, STTEN: "X", STTRG: "7" });
  }
  if (salesOrder) set(salesOrder.header, { LFGSK: "C", GBSTK: "B" });
  if (transfer) set(transfer.lines[0]!.schedule, { WAMNG: quantityText(lines[0]!.quantity) });
}

function set(record: SapRecord, fields: SapRow): void {
  record.row = { ...record.row, ...fields };
}
