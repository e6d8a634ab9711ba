import type { Touched, VisitTold } from "../contracts/live-room.ts";
import type { Trip } from "../contracts/trip.ts";
import { errorsByHorizon } from "../domain/eta/eta-errors.ts";
import type { Visit } from "../domain/visit/visit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import type { BusinessObjectReader } from "../services/business/port.ts";
import type { SiteReader } from "../services/site/port.ts";
import type { EtaSampleStore } from "../services/trip/port.ts";
import { atEase, COMPOSE_MS_MAX, pagesOf, settle, slices, untilSpent } from "./portions.ts";
import { createTouchedReading } from "./touched-reading.ts";
import { VISITS_KEPT_MS } from "./trip-visits.ts";
import type { TripsPicture } from "./trips-picture.ts";

const LOOK_EVERY_MS = 15_000;
const COMPOSE_EVERY_MS = 250;
const SAMPLES_EVERY_MS = 5_000;
const ERRORS_EVERY_MS = 10 * 60_000;
const PRUNE_EVERY_MS = 3_600_000;
/** Few enough at once that pages and positions do not wait for them. */
const PAGE_SIZE = 250;
const IDS_MAX = 250;
const DAY_MS = 24 * 3_600_000;
const ENDED_MAX = 10_000;
const VISITS_MAX = 500_000;
const RESULTS_MAX = 50_000;

export type TripSources = {
  objects: BusinessObjectReader;
  sites: SiteReader;
  samples: EtaSampleStore;
  /** Ids of shipments that were closed and changed since. */
  closedShipments(sinceMs: number, limit: number): Promise<string[]>;
  visitsSince(sinceMs: number, limit: number): Promise<Visit[]>;
  now: Clock;
};

export type TripsFeed = Managed & {
  /** What the changes lane stored. Read again soon, together with what else was touched meanwhile. */
  touched(touched: Touched): void;
  visitsTold(visits: readonly VisitTold[]): void;
  /** Sites or their places are others. */
  sitesChanged(): void;
  /** Everything that was stored at the start is known. */
  onComplete(listener: () => void): void;
  onChanged(listener: (changed: readonly Trip[], gone: readonly string[]) => void): void;
  /** What is known of the trucks with these deliveries has changed. */
  onDeliveriesMoved(listener: (deliveryIds: readonly string[]) => void): void;
};

type Deps = { picture: TripsPicture; sources: TripSources; logger: Logger };

/** Keeps the picture of trips true: reads everything at start, then what was touched, told or has moved. */
export function createTripsFeed({ picture, sources, logger }: Deps): TripsFeed {
  const completeListeners: (() => void)[] = [];
  const listeners: ((changed: readonly Trip[], gone: readonly string[]) => void)[] = [];
  const waiting = { shipments: new Set<string>(), deliveries: new Set<string>(), areSites: false };
  const timers: NodeJS.Timeout[] = [];
  let storing: Promise<void> = Promise.resolve();

  const isWaiting = () => waiting.shipments.size + waiting.deliveries.size > 0 || waiting.areSites;

  async function readStored(): Promise<void> {
    await loadTrips(picture, sources);
    await readErrors();
    for (const listener of completeListeners) listener();
  }

  async function readWaiting(): Promise<void> {
    if (!picture.isComplete()) return readStored();
    const [shipments, deliveries, areSites] = [[...waiting.shipments], [...waiting.deliveries], waiting.areSites];
    Object.assign(waiting, { shipments: new Set(), deliveries: new Set(), areSites: false });
    try {
      if (areSites) await readSites(picture, sources.sites);
      await readShipments(picture, sources.objects, shipments);
      await readDeliveries(picture, sources.objects, [...deliveries, ...picture.takeMissing()]);
    } catch (error) {
      for (const id of shipments) waiting.shipments.add(id);
      for (const id of deliveries) waiting.deliveries.add(id);
      waiting.areSites ||= areSites;
      throw error;
    }
  }

  const reading = createTouchedReading({
    isWaiting: () => !picture.isComplete() || isWaiting(),
    read: readWaiting,
    logger,
    failure: "trips could not be read, trying again",
  });

  function compose(): void {
    if (!picture.isComplete() || picture.isSettled()) return;
    const { changed, gone } = picture.recompute(untilSpent(COMPOSE_MS_MAX));
    if (changed.length + gone.length > 0) for (const listener of listeners) listener(changed, gone);
  }

  /** The picture goes on without them; what could not be stored waits. */
  async function storeSamples(): Promise<void> {
    const taken = picture.sampler.take();
    try {
      await sources.samples.add(taken.samples);
      await sources.samples.arrive(taken.arrivals);
    } catch (error) {
      picture.sampler.giveBack(taken);
      logger.warn({ err: error }, "estimates could not be stored, trying again");
    }
  }

  function store(): void {
    storing = storing.then(storeSamples);
  }

  async function readErrors(): Promise<void> {
    const results = await sources.samples.resultsSince(sources.now() - 7 * DAY_MS, RESULTS_MAX);
    picture.setErrors(errorsByHorizon(results));
  }

  function refreshErrors(): void {
    readErrors().catch((error: unknown) => logger.warn({ err: error }, "the errors of estimates could not be read"));
  }

  return {
    name: "trips",
    touched({ objects, sites }) {
      for (const { kind, id } of objects) {
        if (kind === "shipment") waiting.shipments.add(id);
        else if (kind === "delivery") waiting.deliveries.add(id);
      }
      if (sites.length > 0) waiting.areSites = true;
      reading.wake();
    },
    visitsTold: (visits) => picture.setVisits(visits),
    sitesChanged() {
      waiting.areSites = true;
      reading.wake();
    },
    onComplete: (listener) => void completeListeners.push(listener),
    onChanged: (listener) => void listeners.push(listener),
    onDeliveriesMoved(listener) {
      listeners.push((changed) => {
        listener([...new Set(changed.flatMap(({ stops }) => stops.flatMap(({ deliveryIds }) => deliveryIds)))]);
      });
    },
    /** Does not wait for the picture: until it is complete, verbs say so, and what is touched waits. */
    async start() {
      reading.start();
      timers.push(
        setInterval(compose, COMPOSE_EVERY_MS),
        setInterval(() => picture.touchAll(), LOOK_EVERY_MS),
        setInterval(store, SAMPLES_EVERY_MS),
        setInterval(refreshErrors, ERRORS_EVERY_MS),
        setInterval(() => picture.prune(), PRUNE_EVERY_MS),
      );
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await reading.stop();
      store();
      await storing;
    },
  };
}

/** Everything, page by page. What is told meanwhile is newer and stays: visits that ended do not begin again. */
export async function loadTrips(picture: TripsPicture, sources: TripSources): Promise<void> {
  const { objects, now } = sources;
  await readSites(picture, sources.sites);
  picture.setVisits(await sources.visitsSince(now() - VISITS_KEPT_MS, VISITS_MAX));
  for (const sample of await sources.samples.waiting(now() - VISITS_KEPT_MS)) picture.sampler.remember(sample);
  for await (const page of atEase(pagesOf((afterId) => objects.openOf("delivery", { afterId, limit: PAGE_SIZE })))) {
    for (const delivery of page) picture.setDelivery(delivery.id, delivery);
  }
  for await (const page of atEase(pagesOf((afterId) => objects.openOf("shipment", { afterId, limit: PAGE_SIZE })))) {
    for (const shipment of page) picture.setShipment(shipment.id, shipment);
  }
  await readShipments(picture, objects, await sources.closedShipments(now() - 3 * DAY_MS, ENDED_MAX));
  await readDeliveries(picture, objects, picture.takeMissing());
  await settle(picture);
  picture.markComplete();
}

async function readSites(picture: TripsPicture, sites: SiteReader): Promise<void> {
  const all = [];
  for await (const page of atEase(pagesOf((afterId) => sites.list({ afterId, limit: PAGE_SIZE })))) all.push(...page);
  picture.setSites(all);
}

async function readShipments(picture: TripsPicture, objects: BusinessObjectReader, ids: readonly string[]) {
  for await (const slice of atEase(slices(ids, IDS_MAX))) {
    const found = new Map((await objects.get("shipment", slice)).map((shipment) => [shipment.id, shipment]));
    for (const id of slice) picture.setShipment(id, found.get(id) ?? null);
  }
}

async function readDeliveries(picture: TripsPicture, objects: BusinessObjectReader, ids: readonly string[]) {
  for await (const slice of atEase(slices(ids, IDS_MAX))) {
    const found = new Map((await objects.get("delivery", slice)).map((delivery) => [delivery.id, delivery]));
    for (const id of slice) picture.setDelivery(id, found.get(id) ?? null);
  }
}
