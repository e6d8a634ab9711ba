import type { FleetColumns } from "./live/fleet-columns.ts";
import { createRoadMap } from "./live/road-map.ts";
import { createTripsFeed } from "./live/trips-feed.ts";
import { TripsPicture } from "./live/trips-picture.ts";
import type { Clock } from "./platform/clock.ts";
import type { Logger } from "./platform/logger.ts";
import { createBusinessObjectReader } from "./store/business-object-reader.ts";
import type { Database } from "./store/client.ts";
import { createEtaSampleStore } from "./store/eta-samples.ts";
import { recentlyClosed } from "./store/recently-closed.ts";
import { createSiteReader } from "./store/site-list.ts";
import { visitsSince } from "./store/visits.ts";

/** As the base map is built and the simulated trucks read it. */
const ROADS_FILE = "public/basemap/graph.json";

type TripDeps = {
  database: Database;
  fleet: Pick<FleetColumns, "vehicleNow" | "setService">;
  now: Clock;
  logger: Logger;
};

/** The picture of trips, what keeps it true, and the roads its estimates are made on. */
export function wireTrips({ database, fleet, now, logger }: TripDeps) {
  const roads = createRoadMap({ path: ROADS_FILE, logger });
  const picture = new TripsPicture({
    now,
    vehicleNow: (id) => fleet.vehicleNow(id),
    setService: (id, service) => fleet.setService(id, service),
    metres: roads.metres,
  });
  const sources = {
    objects: createBusinessObjectReader(database),
    sites: createSiteReader(database),
    samples: createEtaSampleStore(database),
    closedShipments: (sinceMs: number, limit: number) => recentlyClosed(database, "shipment", sinceMs, limit),
    visitsSince: (sinceMs: number, limit: number) => visitsSince(database, sinceMs, limit),
    now,
  };
  return { picture, roads, feed: createTripsFeed({ picture, sources, logger }) };
}
