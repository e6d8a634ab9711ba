import type { Vehicle } from "../fleet/vehicle.ts";
import type { Outgoing, Send } from "../outgoing.ts";
import { partitionOf } from "../partition.ts";
import type { SimulatedSite } from "../sites.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { createMistakes } from "./mistakes.ts";
import { createNumberRange } from "./number-range.ts";
import { isoDateTime, orderFields } from "./order-fields.ts";
import type { createSalesforceLog } from "./salesforce-log.ts";
import type { createSapLog } from "./sap-log.ts";
import { type SapRow, sapDate, sapTime } from "./sap-tables.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const ORDER_PARTITIONS = 6;
const ORDER_NUMBERS_FROM = 5_000_000_000;
const MERGED_ORDERS = 3;

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
  const { send, schedule, sap, salesforce, startMs } = deps;
  const takeDelivery = createNumberRange(0);
  const takeOrder = createNumberRange(ORDER_NUMBERS_FROM);
  const mistakes = createMistakes({ send, schedule, sap, salesforce, draft });
  /** Delivered orders that wait to be closed together, by partition: an event has one key, its records one order. */
  const toClose = new Map<number, string[]>();

  function draft(vehicle: Vehicle, { origin, destination }: Trip, times: DraftTimes): Delivery {
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
  }

  /**
   * For the beginning of the world: a delivery made hours ago, which the logs tell as the full load of a new task does,
   * within `knownWithinMs`.
   */
  function underWay(vehicle: Vehicle, trip: Trip & { isLoaded: boolean; knownWithinMs: number }): Delivery {
    const { random } = vehicle;
    const issueMs = trip.isLoaded ? startMs - Math.round(random.between(1, 9) * HOUR_MS) : startMs + HOUR_MS;
    const numberMs = startMs - deps.vehicles; // below the numbers of this start, above those of an earlier one
    const delivery = draft(vehicle, trip, { numberMs, createdMs: issueMs - 2 * HOUR_MS, issueMs });
    if (trip.isLoaded) setRows(delivery, issued(issueMs), PICKED_AND_ISSUED);
    const knownMs = startMs + Math.round(random.between(0, trip.knownWithinMs));
    schedule(knownMs, (timeMs) => load(delivery, timeMs, trip.isLoaded));
    return delivery;
  }

  function load(delivery: Delivery, timeMs: number, isLoaded: boolean): void {
    const status = isLoaded ? "Shipped" : "Activated";
    send(salesforce("CREATE", [delivery.salesforceId], orderFields(delivery, status, timeMs), timeMs));
    send(sap.refresh("LIKP", delivery.header, timeMs));
    for (const line of delivery.lines) send(sap.refresh("LIPS", line, timeMs));
    delivery.isKnown = true;
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
    const note = random.chance(0.15);
    schedule(orderMs, (now) => {
      send(salesforce("CREATE", [delivery.salesforceId], orderFields(delivery, "Draft", now), now));
    });
    schedule(activeMs, (now) => {
      const contact: OrderSet = note ? { ShipToContactId: null, Description: "Contact on site unknown" } : {};
      updateOrder(delivery, { Status: "Activated", StatusCode: "A", ...contact }, now);
    });
    schedule(deliveryMs, (now) => insert(delivery, now));
    schedule(pickedMs, (now) => updateHeader(delivery, { KOSTK: "C" }, "partial", now));
    mistakes.maybeMake(vehicle, destination);
  }

  function insert(delivery: Delivery, timeMs: number): void {
    setRows(delivery, { ERDAT: sapDate(timeMs), ERZET: sapTime(timeMs) }, { ERDAT: sapDate(timeMs) });
    send(sap.insert("LIKP", delivery.header, timeMs));
    for (const line of delivery.lines) send(sap.insert("LIPS", line, timeMs));
    delivery.isKnown = true;
  }

  /** The goods issue is posted as the truck leaves. */
  function departs(vehicle: Vehicle): void {
    const { timeMs, random } = vehicle;
    const delivery = vehicle.delivery!;
    updateHeader(delivery, issued(timeMs), random.chance(0.5) ? "full" : "partial", timeMs);
    for (const line of delivery.lines) send(sap.update("LIPS", line, PICKED_AND_ISSUED, "partial", timeMs));
    setRows(delivery, {}, PICKED_AND_ISSUED);
    updateOrder(delivery, { Status: "Shipped" }, timeMs);
  }

  function unloaded(vehicle: Vehicle): void {
    const { timeMs, random } = vehicle;
    const delivery = vehicle.delivery!;
    updateHeader(
      delivery,
      { PODAT: sapDate(timeMs), POTIM: sapTime(timeMs), KODAT: sapDate(timeMs) },
      "partial",
      timeMs,
    );
    updateOrder(delivery, { Status: "Delivered", EndDate: isoDateTime(timeMs).slice(0, 10) }, timeMs);
    const losesEvent = random.chance(0.03);
    schedule(timeMs + Math.round(random.between(1, 8) * MINUTE_MS), (now) => {
      if (losesEvent) send(salesforce("GAP_UPDATE", [delivery.salesforceId], {}, now));
      else closeOrder(delivery.salesforceId, now);
    });
  }

  /** A nightly job, so to speak: several orders changed in one transaction come as one event. */
  function closeOrder(id: string, timeMs: number): void {
    const partition = partitionOf(id, ORDER_PARTITIONS);
    const waiting = [...(toClose.get(partition) ?? []), id];
    const isFull = waiting.length === MERGED_ORDERS;
    toClose.set(partition, isFull ? [] : waiting);
    if (!isFull) return;
    send(salesforce("UPDATE", waiting, { Description: "Invoiced", LastModifiedDate: isoDateTime(timeMs) }, timeMs));
  }

  function updateHeader(delivery: Delivery, set: SapRow, form: "partial" | "full", timeMs: number): void {
    send(changeHeader(delivery, set, form, timeMs));
  }

  function changeHeader(delivery: Delivery, set: SapRow, form: "partial" | "full", timeMs: number): Outgoing {
    const change = sap.update("LIKP", delivery.header, set, form, timeMs);
    setRows(delivery, set, {});
    return change;
  }

  function updateOrder(delivery: Delivery, set: OrderSet, timeMs: number): void {
    send(changeOrder(delivery, set, timeMs));
  }

  function changeOrder(delivery: Delivery, set: OrderSet, timeMs: number): Outgoing {
    const fields = { ...set, LastModifiedDate: isoDateTime(timeMs) };
    return salesforce("UPDATE", [delivery.salesforceId], fields, timeMs);
  }

  return { underWay, loadingBegins, departs, unloaded, changeHeader, changeOrder };
}

type OrderSet = Record<string, string | null>;

const PICKED_AND_ISSUED: SapRow = { KOSTA: "C", WBSTA: "C" };
const issued = (timeMs: number): SapRow => ({ WADAT_IST: sapDate(timeMs), KOSTK: "C", WBSTK: "C" });

function setRows(delivery: Delivery, header: SapRow, line: SapRow): void {
  delivery.header = { ...delivery.header, ...header };
  delivery.lines = delivery.lines.map((row) => ({ ...row, ...line }));
}
