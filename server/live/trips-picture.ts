import type { Trip } from "../contracts/trip.ts";
import type { Service } from "../contracts/vehicle.ts";
import type { Delivery } from "../domain/delivery.ts";
import { advanceClock, beginClock, type DriveClock, likelyAtTheWheel } from "../domain/eta/drive-clock.ts";
import type { ErrorsByHorizon } from "../domain/eta/eta-errors.ts";
import type { Shipment } from "../domain/shipment.ts";
import * as domain from "../domain/trip/compose-trip.ts";
import { planOfDelivery, planOfShipment, type TripPlan } from "../domain/trip/trip-plan.ts";
import type { Visit } from "../domain/visit/visit.ts";
import type { Clock } from "../platform/clock.ts";
import { instantOf } from "../platform/local-time.ts";
import type { TripIndex, TripQuery } from "../services/trip/port.ts";
import { EtaSampler } from "./eta-sampler.ts";
import { presentTrip } from "./present-trip.ts";
import { TripVisits, VISITS_KEPT_MS } from "./trip-visits.ts";

/** A planned trip is what its vehicle is about from so long before its start. */
const AHEAD_MS_MAX = 24 * 3_600_000;
/** An ended trip is kept for those who ask about its orders. */
const ENDED_KEPT_MS = 7 * 24 * 3_600_000;

type Place = { latitude: number; longitude: number };
export type TripSite = { id: string; latitude: number | null; longitude: number | null; timeZone: string | null };
/** Where a vehicle is now and how fast, as the fleet's own columns say. */
export type VehicleNow = Place & { timeMs: number; speedKmh: number; isMoving: boolean };

type Deps = {
  now: Clock;
  vehicleNow(id: string): VehicleNow | null;
  setService(vehicleId: string, service: Service): void;
  /** Metres to drive. */
  metres(from: Place, to: Place): number;
};

/** `afterMs`: when the trip before it ended. */
type Known = { trip: Trip; own: domain.Trip; afterMs: number | null };

/**
 * All trips that are open or ended lately, in memory: each the plan of its documents, what the visits of its vehicle
 * show, and what is expected. Facts are set as they come; `recompute` composes what they touched and says what changed.
 */
export class TripsPicture implements TripIndex {
  readonly sampler = new EtaSampler();
  readonly #deps: Deps;
  readonly #shipments = new Map<string, Shipment>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #shipmentsOf = new Map<string, Set<string>>();
  readonly #missing = new Set<string>();
  readonly #sites = new Map<string, TripSite>();
  readonly #visits = new TripVisits();
  readonly #clocks = new Map<string, DriveClock>();
  readonly #plans = new Map<string, TripPlan>();
  readonly #plansOfVehicle = new Map<string, Set<string>>();
  readonly #trips = new Map<string, Known>();
  readonly #tripsOf = new Map<string, Set<string>>();
  readonly #current = new Map<string, string>();
  /** Vehicles whose trips are to be composed again, and trips without one. */
  readonly #dirtyVehicles = new Set<string>();
  readonly #dirtyTrips = new Set<string>();
  /** Vehicles of which nothing is new but where they are and what time it is. */
  readonly #movedVehicles = new Set<string>();
  #errors: ErrorsByHorizon = [];
  #version: number;
  #isComplete = false;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#version = deps.now();
  }

  /** Everything that is stored has been read and composed once. */
  markComplete(): void {
    this.#isComplete = true;
  }

  isComplete = (): boolean => this.#isComplete;

  // ------------------------------------------------------------------ what is asked

  find({ vehicleId, states, site, after, limit }: TripQuery): { trips: Trip[]; more: boolean } {
    const ids = vehicleId === undefined ? this.#trips.keys() : (this.#plansOfVehicle.get(vehicleId) ?? []);
    const found: Trip[] = [];
    for (const id of ids) {
      const trip = this.get(id);
      if (!trip || (after !== null && id <= after) || (states && !states.includes(trip.state))) continue;
      if (site === undefined || trip.stops.some((stop) => stop.site === site)) found.push(trip);
    }
    found.sort((a, b) => (a.id < b.id ? -1 : 1));
    return { trips: found.slice(0, limit), more: found.length > limit };
  }

  get(id: string): Trip | null {
    return this.#trips.get(id)?.trip ?? null;
  }

  tripsOpen(): Trip[] {
    return [...this.#trips.values()].map(({ trip }) => trip).filter(isOpen);
  }

  tripsOf(deliveryIds: readonly string[]): Trip[] {
    const ids = new Set(deliveryIds.flatMap((id) => [...(this.#tripsOf.get(id) ?? [])]));
    return [...ids].flatMap((id) => this.get(id) ?? []);
  }

  tripOfVehicle(vehicleId: string): Trip | null {
    const id = this.#current.get(vehicleId);
    return id === undefined ? null : this.get(id);
  }

  /** When a delivery reaches a site and on which vehicle, as its trip says; `null` when no trip carries it there. */
  arrivalOf = (deliveryId: string, site: string): { vehicleId: string | null; etaMs: number | null } | null => {
    for (const id of this.#tripsOf.get(deliveryId) ?? []) {
      const trip = this.#trips.get(id)?.own;
      const stop = trip?.stops.findLast((one) => one.site === site && one.deliveryIds.includes(deliveryId));
      if (!trip || !stop || trip.state === "cancelled") continue;
      return { vehicleId: trip.vehicleId, etaMs: stop.arrivedMs ?? stop.eta?.p50Ms ?? stop.plannedArrivalMs };
    }
    return null;
  };

  // ------------------------------------------------------------------ what is known

  setSites(sites: readonly TripSite[]): void {
    for (const site of sites) this.#sites.set(site.id, site);
    for (const id of this.#shipments.keys()) this.#planShipment(id);
    for (const id of this.#deliveries.keys()) this.#planDelivery(id);
  }

  setErrors(errors: ErrorsByHorizon): void {
    this.#errors = errors;
  }

  setShipment(id: string, shipment: Shipment | null): void {
    const before = this.#shipments.get(id)?.deliveryIds ?? [];
    if (shipment) this.#shipments.set(id, shipment);
    else this.#shipments.delete(id);
    for (const delivery of before) this.#unlink(this.#shipmentsOf, delivery, id);
    for (const delivery of shipment?.deliveryIds ?? []) {
      link(this.#shipmentsOf, delivery, id);
      if (!this.#deliveries.has(delivery)) this.#missing.add(delivery);
    }
    this.#planShipment(id);
    for (const delivery of new Set([...before, ...(shipment?.deliveryIds ?? [])])) this.#planDelivery(delivery);
  }

  /** Deliveries that a shipment names and nobody has read, each told once. */
  takeMissing(): string[] {
    const missing = [...this.#missing].filter((id) => !this.#deliveries.has(id));
    this.#missing.clear();
    return missing;
  }

  setDelivery(id: string, delivery: Delivery | null): void {
    // What is over and was never a trip of its own, nor part of one, is nobody's question here.
    const isWanted = !delivery?.isClosed || this.#shipmentsOf.has(id) || this.#plans.has(`delivery:${id}`);
    if (delivery && isWanted) this.#deliveries.set(id, delivery);
    else this.#deliveries.delete(id);
    this.#planDelivery(id);
    for (const shipment of this.#shipmentsOf.get(id) ?? []) this.#planShipment(shipment);
  }

  setVisits(visits: readonly Visit[]): void {
    for (const visit of visits) {
      this.#visits.set(visit);
      if (this.#plansOfVehicle.has(visit.vehicleId)) this.#dirtyVehicles.add(visit.vehicleId);
    }
  }

  /** Every open trip is looked at again: vehicles have moved, and time has passed. */
  touchAll(): void {
    for (const [vehicleId, ids] of this.#plansOfVehicle) {
      if ([...ids].some((id) => isOpen(this.get(id)))) this.#movedVehicles.add(vehicleId);
    }
  }

  /** What ended long ago is forgotten, with the visits that counted for it. */
  prune(): void {
    const nowMs = this.#deps.now();
    this.#visits.forgetBefore(nowMs - VISITS_KEPT_MS);
    for (const [id, { own }] of this.#trips) {
      if (isOpen(own) || lastMs(own) > nowMs - ENDED_KEPT_MS) continue;
      for (const delivery of own.deliveryIds) {
        if ((this.#shipmentsOf.get(delivery)?.size ?? 0) <= 1) this.#deliveries.delete(delivery);
      }
      if (id.startsWith("shipment:")) this.setShipment(id.slice("shipment:".length), null);
      else this.setDelivery(id.slice("delivery:".length), null);
    }
  }

  isSettled(): boolean {
    return this.#dirtyVehicles.size + this.#dirtyTrips.size + this.#movedVehicles.size === 0;
  }

  /** Composes what was touched, and then what has moved, until `isEnough`; returns the trips that are others now. */
  recompute(isEnough: () => boolean): { changed: Trip[]; gone: string[] } {
    const changed: Trip[] = [];
    const gone: string[] = [];
    for (const vehicleId of this.#dirtyVehicles) {
      if (isEnough()) break;
      this.#dirtyVehicles.delete(vehicleId);
      this.#movedVehicles.delete(vehicleId);
      this.#composeVehicle(vehicleId, changed);
    }
    for (const id of this.#dirtyTrips) {
      if (isEnough()) break;
      this.#dirtyTrips.delete(id);
      const plan = this.#plans.get(id);
      if (!plan) {
        if (this.#drop(id)) gone.push(id);
      } else if (plan.vehicleId === null) this.#keep(domain.composeTrip(plan, [], null, null), null, changed);
    }
    for (const vehicleId of this.#movedVehicles) {
      if (isEnough()) break;
      this.#movedVehicles.delete(vehicleId);
      this.#moveVehicle(vehicleId, changed);
    }
    return { changed, gone };
  }

  // ------------------------------------------------------------------ inside

  #planShipment(id: string): void {
    const shipment = this.#shipments.get(id);
    const deliveries = (shipment?.deliveryIds ?? []).flatMap((delivery) => this.#deliveries.get(delivery) ?? []);
    this.#setPlan(`shipment:${id}`, shipment ? planOfShipment(shipment, deliveries, this.#instantOf) : null);
  }

  #planDelivery(id: string): void {
    const delivery = this.#deliveries.get(id);
    const isOwnTrip = delivery?.direction === "outbound" && delivery.vehicleId !== null && !this.#shipmentsOf.has(id);
    this.#setPlan(`delivery:${id}`, delivery && isOwnTrip ? planOfDelivery(delivery, this.#instantOf) : null);
  }

  #instantOf = (local: string, site: string | null): number | null =>
    instantOf(local, (site === null ? null : this.#sites.get(site)?.timeZone) ?? null);

  #setPlan(id: string, plan: TripPlan | null): void {
    const before = this.#plans.get(id);
    if (!before && !plan) return;
    if (before?.vehicleId) {
      this.#unlink(this.#plansOfVehicle, before.vehicleId, id);
      this.#dirtyVehicles.add(before.vehicleId);
    }
    for (const delivery of before?.deliveryIds ?? []) this.#unlink(this.#tripsOf, delivery, id);
    if (plan) this.#plans.set(id, plan);
    else this.#plans.delete(id);
    for (const delivery of plan?.deliveryIds ?? []) link(this.#tripsOf, delivery, id);
    if (plan?.vehicleId) {
      link(this.#plansOfVehicle, plan.vehicleId, id);
      this.#dirtyVehicles.add(plan.vehicleId);
    } else this.#dirtyTrips.add(id);
  }

  #unlink(index: Map<string, Set<string>>, from: string, to: string): void {
    const set = index.get(from);
    set?.delete(to);
    if (set?.size === 0) index.delete(from);
  }

  /** A vehicle's trips in the order of their plans: each begins after the one before has ended. */
  #composeVehicle(vehicleId: string, changed: Trip[]): void {
    const plans = [...(this.#plansOfVehicle.get(vehicleId) ?? [])].map((id) => this.#plans.get(id)!).sort(byPlan);
    const visits = this.#visits.of(vehicleId);
    const trips: { plan: TripPlan; afterMs: number | null; trip: domain.Trip }[] = [];
    let afterMs: number | null = null;
    for (const plan of plans) {
      const trip = domain.composeTrip(plan, visits, afterMs, null);
      trips.push({ plan, afterMs, trip });
      if (trip.state === "completed") afterMs = trip.stops.at(-1)?.arrivedMs ?? afterMs;
    }
    const current = currentOf(
      trips.map(({ trip }) => trip),
      this.#deps.now(),
    );
    for (const { plan, afterMs: after, trip } of trips) {
      const road = trip === current ? this.#onTheRoad(vehicleId, trip) : null;
      this.#keep(road ? domain.composeTrip(plan, visits, after, road) : trip, after, changed);
    }
    if (current) this.#current.set(vehicleId, current.id);
    else this.#current.delete(vehicleId);
    if (!current) this.#clocks.delete(vehicleId);
    this.#deps.setService(vehicleId, current ? this.#trips.get(current.id)!.own.service : "none");
  }

  /** Of a vehicle's trips only the current one is another by its moving, unless time has made another one current. */
  #moveVehicle(vehicleId: string, changed: Trip[]): void {
    const plans = [...(this.#plansOfVehicle.get(vehicleId) ?? [])].map((id) => this.#plans.get(id)!).sort(byPlan);
    const known = plans.map(({ id }) => this.#trips.get(id));
    const own = known.flatMap((one) => one?.own ?? []);
    const current = currentOf(own, this.#deps.now());
    const place = own.indexOf(current!);
    if (own.length < plans.length || (current?.id ?? null) !== (this.#current.get(vehicleId) ?? null)) {
      this.#composeVehicle(vehicleId, changed);
      return;
    }
    if (!current) return;
    const { afterMs } = known[place]!;
    const road = this.#onTheRoad(vehicleId, current);
    const trip = domain.composeTrip(plans[place]!, this.#visits.of(vehicleId), afterMs, road);
    this.#keep(trip, afterMs, changed);
    this.#deps.setService(vehicleId, trip.service);
  }

  #onTheRoad(vehicleId: string, trip: domain.Trip): domain.OnTheRoad | null {
    const here = this.#deps.vehicleNow(vehicleId);
    if (!here) return null;
    const clock = this.#clocks.get(vehicleId);
    const moved = clock ? advanceClock(clock, here) : beginClock(here, this.#wheelOf(trip, here));
    this.#clocks.set(vehicleId, moved);
    const place = (site: string): Place | null => {
      const { latitude, longitude } = this.#sites.get(site) ?? { latitude: null, longitude: null };
      return latitude === null || longitude === null ? null : { latitude, longitude };
    };
    return {
      nowMs: this.#deps.now(),
      recentKmh: moved.recentKmh,
      atTheWheel: moved,
      errors: this.#errors,
      metresTo: (site, from) => {
        const [start, end] = [from === null ? here : place(from), place(site)];
        return start && end && this.#deps.metres(start, end);
      },
    };
  }

  /** Nobody watched before this process began: what was likely driven since the last stop counts. */
  #wheelOf(trip: domain.Trip, here: VehicleNow) {
    const left = trip.stops.findLast(({ departedMs }) => departedMs !== null);
    const site = left && this.#sites.get(left.site);
    if (!left || !site || site.latitude === null || site.longitude === null) return { sinceRestMs: 0, sinceBreakMs: 0 };
    const from = { latitude: site.latitude, longitude: site.longitude };
    return likelyAtTheWheel(this.#deps.metres(from, here), Math.max(0, here.timeMs - left.departedMs!));
  }

  #keep(own: domain.Trip, afterMs: number | null, changed: Trip[]): void {
    this.sampler.watch(own, this.#deps.now());
    const known = this.#trips.get(own.id);
    const shown = presentTrip(own, known?.trip.version ?? 0);
    const isSame = known !== undefined && JSON.stringify(shown) === JSON.stringify(known.trip);
    const trip = isSame ? known.trip : { ...shown, version: ++this.#version };
    this.#trips.set(own.id, { trip, own, afterMs });
    if (!isSame) changed.push(trip);
  }

  #drop(id: string): boolean {
    const known = this.#trips.get(id);
    if (known) this.sampler.forget(known.own);
    return this.#trips.delete(id);
  }
}

const isOpen = (trip: { state: Trip["state"] } | null): boolean =>
  trip !== null && (trip.state === "planned" || trip.state === "under_way");

const byPlan = (a: TripPlan, b: TripPlan): number =>
  (a.plannedStartMs ?? Number.POSITIVE_INFINITY) - (b.plannedStartMs ?? Number.POSITIVE_INFINITY) ||
  (a.id < b.id ? -1 : 1);

/** The last that is under way; or else the first that begins soon. */
function currentOf(trips: readonly domain.Trip[], nowMs: number): domain.Trip | null {
  const underWay = trips.findLast(({ state }) => state === "under_way");
  if (underWay) return underWay;
  const next = trips.find(({ state }) => state === "planned");
  return next && (next.plannedStartMs ?? 0) <= nowMs + AHEAD_MS_MAX ? next : null;
}

function lastMs({ stops, plannedStartMs, record }: domain.Trip): number {
  const times = stops.flatMap(({ arrivedMs, departedMs, plannedArrivalMs }) => [
    arrivedMs,
    departedMs,
    plannedArrivalMs,
  ]);
  return Math.max(...times.map((time) => time ?? 0), plannedStartMs ?? 0, record?.timestampMs ?? 0);
}

function link(index: Map<string, Set<string>>, from: string, to: string): void {
  const set = index.get(from);
  if (set) set.add(to);
  else index.set(from, new Set([to]));
}
