import type { TelemetryQueries } from "./contracts/lane.ts";
import { errorsByHorizon } from "./domain/eta/eta-errors.ts";
import { composeOrder } from "./domain/order/compose-order.ts";
import { judgeRisk } from "./domain/order/judge-risk.ts";
import { createRoadDistance, type RoadDistance } from "./domain/road-network/road-distance.ts";
import { FleetColumns } from "./live/fleet-columns.ts";
import { loadInventory } from "./live/inventory-load.ts";
import { InventoryPicture } from "./live/inventory-picture.ts";
import { loadOrders } from "./live/orders-load.ts";
import { OrdersPicture } from "./live/orders-picture.ts";
import { presentFleetPicture } from "./live/present-fleet-picture.ts";
import { presentOrder } from "./live/present-order.ts";
import { loadTrips } from "./live/trips-feed.ts";
import { TripsPicture } from "./live/trips-picture.ts";
import type { Clock } from "./platform/clock.ts";
import type { PastContext, PastPort } from "./services/as-of.ts";
import type { OrderPorts } from "./services/order/port.ts";
import { createReadParts, type FoundParts, type ReadParts } from "./services/order/read-parts.ts";
import { createPastCache } from "./services/past-cache.ts";
import type { StockReader } from "./services/stock/port.ts";
import { type PastStore, withPastStore } from "./store/as-of.ts";
import { samplesAsOf, visitsAsOf } from "./store/as-of-trips.ts";
import type { Database } from "./store/client.ts";
import { createRetentionReader } from "./store/retention.ts";
import { createSiteReader } from "./store/site-list.ts";

const RESULTS_MAX = 50_000;
const ERRORS_SINCE_MS = 7 * 24 * 3_600_000;

export type PastDeps = {
  database: Database;
  telemetry: TelemetryQueries;
  metres?: RoadDistance["metres"] | undefined;
  now: Clock;
};

/**
 * Moments of the past: the same pictures as those of the present, loaded from the stores as they were then. A moment is
 * kept for a while, because whoever looks at it asks for lists, details and the map.
 */
export function wirePast(deps: PastDeps): PastPort {
  const { database, telemetry, now } = deps;
  const metres = deps.metres ?? createRoadDistance({ nodes: [], names: [], edges: [] }).metres;

  async function build(atMs: number): Promise<PastContext> {
    const fleet = new FleetColumns(atMs);
    for (const chunk of await telemetry.fleetAt(atMs)) fleet.fold(chunk, atMs);
    fleet.sweep(atMs);
    const pictures = await withPastStore(database, atMs, async (store) => {
      const trips = await tripsOf(store, { atMs, fleet, metres });
      return {
        trips,
        orders: await ordersOf(store, { atMs, trips, database }),
        inventory: await stockOf(store, { atMs, trips }),
      };
    });
    return {
      ...{ fleet, ...pictures },
      telemetry: { ...telemetry, vehicles: (ids) => telemetry.vehiclesAt(ids, atMs) },
      stock: stockLater(database, atMs),
      picture: () => presentFleetPicture(fleet, atMs),
    };
  }

  return { at: createPastCache({ build, now }), retention: createRetentionReader(database).days };
}

async function tripsOf(
  { db, objects }: PastStore,
  { atMs, fleet, metres }: { atMs: number; fleet: FleetColumns; metres: RoadDistance["metres"] },
): Promise<TripsPicture> {
  const picture = new TripsPicture({
    now: () => atMs,
    vehicleNow: (id) => fleet.vehicleNow(id),
    setService: (id, service) => fleet.setService(id, service),
    metres,
  });
  const samples = samplesAsOf(db, atMs);
  picture.setErrors(errorsByHorizon(await samples.resultsSince(atMs - ERRORS_SINCE_MS, RESULTS_MAX)));
  await loadTrips(picture, {
    ...{ objects, samples, sites: createSiteReader(db), now: () => atMs },
    closedShipments: (sinceMs, limit) => objects.closedSince("shipment", sinceMs, limit),
    visitsSince: (sinceMs, limit) => visitsAsOf(db, atMs, sinceMs, limit),
  });
  return picture;
}

async function ordersOf(
  { db, objects }: PastStore,
  { atMs, trips, database }: { atMs: number; trips: TripsPicture; database: Database },
): Promise<OrderPorts> {
  const timeZones = new Map<string, string | null>();
  const tripsOfDeliveries = (ids: readonly string[]) => trips.tripsOf(ids);
  const partsReader = (from: PastStore["objects"]) =>
    createReadParts({ objects: from, tripsOf: tripsOfDeliveries, timeZoneOf: (site) => timeZones.get(site) ?? null });
  const found = new Map<string, FoundParts>();
  const remember =
    (readParts: ReadParts): ReadParts =>
    async (ids) => {
      const parts = await readParts(ids);
      for (const [id, each] of parts) found.set(id, each);
      return parts;
    };
  const listener = { changed: () => {}, gone: () => {} };
  const picture = new OrdersPicture({ tripsOf: tripsOfDeliveries, now: () => atMs, listener });
  await loadOrders(picture, {
    ...{ objects, timeZones, sites: createSiteReader(db), now: () => atMs },
    readParts: remember(partsReader(objects)),
    closedOrders: (sinceMs, limit) => objects.closedSince("sales_order", sinceMs, limit),
  });

  /** What ended long before the moment is in no list: its rows are undone when they are asked for. */
  const readOld = (id: string) =>
    withPastStore(database, atMs, async (store) => (await partsReader(store.objects)([id])).get(id));
  return {
    index: picture,
    async read(id) {
      const parts = found.get(id) ?? (await readOld(id));
      if (!parts) return null;
      if ("movedTo" in parts) return { movedTo: parts.movedTo };
      const view = composeOrder(parts.parts);
      return { order: presentOrder(view, { ...judgeRisk(view, atMs), version: picture.versionOf(id) }) };
    },
  };
}

async function stockOf(
  { db, stock, objects }: PastStore,
  { atMs, trips }: { atMs: number; trips: TripsPicture },
): Promise<InventoryPicture> {
  const picture = new InventoryPicture({ now: () => atMs, arrivalOf: trips.arrivalOf });
  await loadInventory(picture, { stock, objects, sites: createSiteReader(db), now: () => atMs });
  return picture;
}

/** The ledger is asked for one position at a time, long after the pictures were loaded. */
function stockLater(database: Database, atMs: number): StockReader {
  const ask = <T>(work: (stock: StockReader) => Promise<T>) =>
    withPastStore(database, atMs, ({ stock }) => work(stock));
  return {
    levels: (options) => ask((stock) => stock.levels(options)),
    levelsOf: (positions) => ask((stock) => stock.levelsOf(positions)),
    movements: (position, options) => ask((stock) => stock.movements(position, options)),
    issued: (options) => ask((stock) => stock.issued(options)),
    firstMovements: (positions) => ask((stock) => stock.firstMovements(positions)),
  };
}
