import type { Touched } from "../contracts/live-room.ts";
import type { StockPosition } from "../contracts/stock.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import { type InventorySources, loadInventory, readTouched, readUsual } from "./inventory-load.ts";
import type { InventoryPicture } from "./inventory-picture.ts";
import { COMPOSE_MS_MAX, untilSpent } from "./portions.ts";
import { LiveRoom } from "./room.ts";
import { createTouchedReading } from "./touched-reading.ts";

const COMPOSE_EVERY_MS = 200;
const DAY_CHECK_EVERY_MS = 60_000;
/** Days begin with the hour somewhere: whole hours are soon enough for a projection by days. */
const HOUR_MS = 60 * 60_000;

export type InventoryFeed = Managed & {
  room: LiveRoom<{ changed: StockPosition }>;
  /** It may be ready now. */
  wake(): void;
  /** What the changes lane stored. Read again soon, together with what else was touched meanwhile. */
  touched(touched: Touched): void;
  /** What is known of the trucks with these deliveries has changed. */
  deliveriesMoved(deliveryIds: readonly string[]): void;
};

type Deps = {
  /** What it is composed of is known: it is read after that. */
  isReady?(): boolean;
  picture: InventoryPicture;
  sources: InventorySources;
  logger: Logger;
};

/** Keeps the picture of stock true: reads everything at start, then what was touched, and tells the room what changed. */
export function createInventoryFeed({ isReady = () => true, picture, sources, logger }: Deps): InventoryFeed {
  const { now } = sources;
  const room = new LiveRoom<{ changed: StockPosition }>({ epoch: now(), lists: ["changed"] });
  const waiting = { objects: new Map<string, Set<string>>(), stock: new Set<string>(), sites: new Set<string>() };
  const timers: NodeJS.Timeout[] = [];
  let hour = 0;

  function take(): Touched {
    const objects = [...waiting.objects].flatMap(([kind, ids]) => [...ids].map((id) => ({ kind, id })));
    const touched = { objects, stock: [...waiting.stock], sites: [...waiting.sites] };
    waiting.objects.clear();
    waiting.stock.clear();
    waiting.sites.clear();
    return touched;
  }

  function add({ objects, stock, sites }: Touched): void {
    for (const { kind, id } of objects) {
      const ids = waiting.objects.get(kind) ?? new Set();
      waiting.objects.set(kind, ids.add(id));
    }
    for (const id of stock) waiting.stock.add(id);
    for (const id of sites) waiting.sites.add(id);
  }

  const isWaiting = () => waiting.objects.size + waiting.stock.size + waiting.sites.size > 0;

  async function readWaiting(): Promise<void> {
    if (!picture.isComplete()) return loadInventory(picture, sources);
    const touched = take();
    try {
      await readTouched(picture, sources, touched);
    } catch (error) {
      add(touched);
      throw error;
    }
    compose();
  }

  const reading = createTouchedReading({
    isWaiting: () => isReady() && (!picture.isComplete() || isWaiting()),
    read: readWaiting,
    logger,
    failure: "stock could not be read, trying again",
  });

  function compose(): void {
    if (!picture.isComplete()) return;
    const { changed, gone } = picture.recompute(untilSpent(COMPOSE_MS_MAX));
    for (const position of changed) room.tell("changed", position);
    for (const id of gone) room.leave(id);
  }

  function watchDays(): void {
    if (!picture.isComplete()) return;
    const thisHour = Math.floor(now() / HOUR_MS);
    if (thisHour === hour) return;
    hour = thisHour;
    readUsual(picture, sources).then(
      () => picture.touchAll(),
      (error: unknown) => {
        hour = 0;
        logger.warn({ err: error }, "the usual consumption could not be read, trying again");
      },
    );
  }

  return {
    name: "inventory",
    wake: reading.wake,
    room,
    touched(touched) {
      add(touched);
      reading.wake();
    },
    deliveriesMoved: (deliveryIds) => picture.touchDeliveries(deliveryIds),
    /** Does not wait for the picture: until it is complete, verbs say so, and what is touched waits. */
    async start() {
      hour = Math.floor(now() / HOUR_MS);
      reading.start();
      timers.push(setInterval(compose, COMPOSE_EVERY_MS), setInterval(watchDays, DAY_CHECK_EVERY_MS));
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await reading.stop();
    },
  };
}
