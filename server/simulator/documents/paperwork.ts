import type { Vehicle } from "../fleet/vehicle.ts";
import type { Send } from "../outgoing.ts";
import type { SimulatedSite } from "../sites.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { createDeliveryLog, type OrderSet, setRows } from "./delivery-log.ts";
import { createMistakes } from "./mistakes.ts";
import { createNumberRange } from "./number-range.ts";
import { isoDateTime } from "./order-fields.ts";
import type { createSalesforceLog } from "./salesforce-log.ts";
import type { createSapLog } from "./sap-log.ts";
import { type SapRow, sapDate, sapTime } from "./sap-tables.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const ORDER_NUMBERS_FROM = 5_000_000_000;

export type Schedule = (timeMs: number, run: (timeMs: number) => void) => void;

export type Trip = { origin: SimulatedSite; destination: SimulatedSite };
/** Document numbers are taken from `numberMs`; the rows say when they were created and are to be issued. */
export type DraftTimes = { numberMs: number; createdMs: number; issueMs: number };

export type PaperworkDeps = {
  startMs: number;
  vehicles: number;
  send: Send;
  schedule: Schedule;
  sap: ReturnType<typeof createSapLog>;
  salesforce: ReturnType<typeof createSalesforceLog>;
};

/**
 * The papers of a trip: an order, then its delivery, picking, goods issue at departure, proof of delivery at the end.
 * Whatever the papers of a vehicle leave to chance is drawn from the vehicle's own numbers.
 */
export function createPaperwork(deps: PaperworkDeps) {
  const { send, schedule, startMs } = deps;
  const log = createDeliveryLog(deps);
  const draft = createDraft();
  const mistakes = createMistakes({ ...deps, draft });

  /** For the beginning of the world: a delivery made hours ago, which the logs tell within `knownWithinMs`. */
  function underWay(vehicle: Vehicle, trip: Trip & { isLoaded: boolean; knownWithinMs: number }): Delivery {
    const { random } = vehicle;
    const issueMs = trip.isLoaded ? startMs - Math.round(random.between(1, 9) * HOUR_MS) : startMs + HOUR_MS;
    const numberMs = startMs - deps.vehicles; // below the numbers of this start, above those of an earlier one
    const delivery = draft(vehicle, trip, { numberMs, createdMs: issueMs - 2 * HOUR_MS, issueMs });
    if (trip.isLoaded) setRows(delivery, issued(issueMs), PICKED_AND_ISSUED);
    schedule(startMs + Math.round(random.between(0, trip.knownWithinMs)), (now) => {
      log.createOrder(delivery, trip.isLoaded ? "Shipped" : "Activated", now);
      log.load(delivery, now);
    });
    return delivery;
  }

  function loadingBegins(vehicle: Vehicle, destination: SimulatedSite): void {
    const { random, timeMs, phaseEndMs } = vehicle;
    const times = { numberMs: timeMs, createdMs: timeMs + 5 * MINUTE_MS, issueMs: phaseEndMs };
    const delivery = draft(vehicle, { origin: vehicle.site, destination }, times);
    vehicle.delivery = delivery;
    const orderMs = timeMs + Math.round(random.between(0.1, 2) * MINUTE_MS);
    const activeMs = orderMs + Math.round(random.between(0.5, 3) * MINUTE_MS);
    const deliveryMs = activeMs + Math.round(random.between(0.5, 4) * MINUTE_MS);
    const pickedMs = Math.round(timeMs + (phaseEndMs - timeMs) * random.between(0.5, 0.9));
    const contact: OrderSet = random.chance(0.15) ? NO_CONTACT : {};
    schedule(orderMs, (now) => log.createOrder(delivery, "Draft", now));
    schedule(activeMs, (now) => {
      send(log.changeOrder(delivery, { Status: "Activated", StatusCode: "A", ...contact }, now));
    });
    schedule(deliveryMs, (now) => log.insert(delivery, now));
    schedule(pickedMs, (now) => send(log.changeHeader(delivery, { KOSTK: "C" }, "partial", now)));
    mistakes.maybeMake(vehicle, destination);
  }

  /** The goods issue is posted as the truck leaves. */
  function departs(vehicle: Vehicle): void {
    const { timeMs, random } = vehicle;
    const delivery = vehicle.delivery!;
    send(log.changeHeader(delivery, issued(timeMs), random.chance(0.5) ? "full" : "partial", timeMs));
    log.updateLines(delivery, PICKED_AND_ISSUED, timeMs);
    send(log.changeOrder(delivery, { Status: "Shipped" }, timeMs));
  }

  function unloaded(vehicle: Vehicle): void {
    const { timeMs, random } = vehicle;
    const delivery = vehicle.delivery!;
    const proof = { PODAT: sapDate(timeMs), POTIM: sapTime(timeMs), KODAT: sapDate(timeMs) };
    send(log.changeHeader(delivery, proof, "partial", timeMs));
    send(log.changeOrder(delivery, { Status: "Delivered", EndDate: isoDateTime(timeMs).slice(0, 10) }, timeMs));
    const end = random.chance(0.03) ? log.loseOrderEvent : log.closeOrder;
    schedule(timeMs + Math.round(random.between(1, 8) * MINUTE_MS), (now) => end(delivery, now));
  }

  return { underWay, loadingBegins, departs, unloaded, changeHeader: log.changeHeader, changeOrder: log.changeOrder };
}

const NO_CONTACT: OrderSet = { ShipToContactId: null, Description: "Contact on site unknown" };
const PICKED_AND_ISSUED: SapRow = { KOSTA: "C", WBSTA: "C" };
const issued = (timeMs: number): SapRow => ({ WADAT_IST: sapDate(timeMs), KOSTK: "C", WBSTK: "C" });

function createDraft() {
  const takeDelivery = createNumberRange(0);
  const takeOrder = createNumberRange(ORDER_NUMBERS_FROM);
  return function draft(vehicle: Vehicle, { origin, destination }: Trip, times: DraftTimes): Delivery {
    return createDelivery({
      deliveryNumber: takeDelivery(times.numberMs),
      orderNumber: takeOrder(times.numberMs),
      vehicleId: vehicle.id,
      origin,
      destination,
      createdMs: times.createdMs,
      issueMs: times.issueMs,
      random: vehicle.random,
    });
  };
}
