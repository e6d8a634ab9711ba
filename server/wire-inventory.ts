import { createInventoryFeed, type InventoryFeed } from "./live/inventory-feed.ts";
import { type ArrivalOf, InventoryPicture } from "./live/inventory-picture.ts";
import type { Clock } from "./platform/clock.ts";
import type { Logger } from "./platform/logger.ts";
import { createBusinessObjectReader } from "./store/business-object-reader.ts";
import type { Database } from "./store/client.ts";
import { createSiteReader } from "./store/site-list.ts";
import { createStockReader } from "./store/stock-reader.ts";

type InventoryDeps = {
  database: Database;
  /** What trips know of the trucks that bring goods. */
  arrivalOf?: ArrivalOf;
  areTripsKnown?(): boolean;
  now: Clock;
  logger: Logger;
};

/** The picture of stock and what keeps it true. */
export function wireInventory({
  database,
  arrivalOf = () => null,
  areTripsKnown = () => true,
  now,
  logger,
}: InventoryDeps): {
  picture: InventoryPicture;
  feed: InventoryFeed;
} {
  const picture = new InventoryPicture({ now, arrivalOf });
  const sources = {
    stock: createStockReader(database),
    objects: createBusinessObjectReader(database),
    sites: createSiteReader(database),
    now,
  };
  return { picture, feed: createInventoryFeed({ isReady: areTripsKnown, picture, sources, logger }) };
}
