import type { Touched } from "../contracts/live-room.ts";
import type { OrderSummary } from "../contracts/order.ts";
import type { Trip } from "../contracts/trip.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import { loadOrders, type OrdersSources, readTouchedOrders } from "./orders-load.ts";
import type { OrdersPicture } from "./orders-picture.ts";
import type { LiveRoom } from "./room.ts";
import { createTouchedReading } from "./touched-reading.ts";

const JUDGE_EVERY_MS = 15_000;
const TRIPS_EVERY_MS = 1_000;
const ESTIMATE_STEP_MS = 5 * 60_000;

export type OrdersRoom = LiveRoom<{ changed: OrderSummary; trips: Trip }>;

export type OrdersFeed = Managed & {
  /** It may be ready now. */
  wake(): void;
  /** What the changes lane stored. Read again soon, together with what else was touched meanwhile. */
  touched(touched: Pick<Touched, "objects" | "sites">): void;
  /** Trips as they are by now, for the room; told when there is news in them for people. */
  tripsChanged(changed: readonly Trip[], gone: readonly string[]): void;
  /** What is known of the trucks with these deliveries has changed: their orders follow within a second. */
  deliveriesMoved(deliveryIds: readonly string[]): void;
};

type Deps = {
  /** What it is composed of is known: it is read after that. */
  isReady?(): boolean;
  picture: OrdersPicture;
  sources: OrdersSources;
  room: OrdersRoom;
  logger: Logger;
};

/** Keeps the picture of orders true: reads everything at start, then what was touched, and judges risks by the hour. */
export function createOrdersFeed({ isReady = () => true, picture, sources, room, logger }: Deps): OrdersFeed {
  let waiting = noTouched();
  const movedDeliveries = new Set<string>();
  const toldOfTrips = new Map<string, string>();
  const timers: NodeJS.Timeout[] = [];

  async function readWaiting(): Promise<void> {
    if (!picture.isComplete()) return loadOrders(picture, sources);
    const taken = waiting;
    waiting = noTouched();
    try {
      await readTouchedOrders(picture, sources, listsOf(taken));
    } catch (error) {
      add(taken);
      throw error;
    }
  }

  const reading = createTouchedReading({
    isWaiting: () => isReady() && (!picture.isComplete() || isWaiting(waiting)),
    read: readWaiting,
    logger,
    failure: "orders could not be read, trying again",
  });

  function add({ objects, sites }: Waiting): void {
    for (const [name, object] of objects) waiting.objects.set(name, object);
    for (const site of sites) waiting.sites.add(site);
  }

  function followTrips(): void {
    if (movedDeliveries.size === 0 || !picture.isComplete()) return;
    const moved = [...movedDeliveries];
    movedDeliveries.clear();
    picture.deliveriesMoved(moved);
  }

  return {
    name: "orders",
    wake: reading.wake,
    touched({ objects, sites }) {
      add({
        objects: new Map(objects.map((object) => [`${object.kind}:${object.id}`, object])),
        sites: new Set(sites),
      });
      reading.wake();
    },
    tripsChanged(changed, gone) {
      for (const trip of changed) {
        const news = newsOf(trip);
        if (toldOfTrips.get(trip.id) === news) continue;
        toldOfTrips.set(trip.id, news);
        room.tell("trips", trip);
      }
      for (const id of gone) toldOfTrips.delete(id);
    },
    deliveriesMoved(deliveryIds) {
      for (const id of deliveryIds) movedDeliveries.add(id);
    },
    /** Does not wait for the picture: until it is complete, verbs say so, and what is touched waits. */
    async start() {
      reading.start();
      timers.push(setInterval(followTrips, TRIPS_EVERY_MS));
      timers.push(setInterval(() => picture.isComplete() && picture.judgeAll(), JUDGE_EVERY_MS));
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await reading.stop();
    },
  };
}

/** A trip moves with every position of its truck. News is where it is in its plan, and its estimates to five minutes. */
function newsOf({ vehicleId, state, service, stops, orderIds }: Trip): string {
  const coarse = stops.map(({ eta, ...stop }) => ({
    ...stop,
    varianceMinutes: null,
    eta: eta && [eta.p50, eta.p90].map((time) => Math.round(Date.parse(time) / ESTIMATE_STEP_MS)),
  }));
  return JSON.stringify([vehicleId, state, service, coarse, orderIds]);
}

type Waiting = { objects: Map<string, Touched["objects"][number]>; sites: Set<string> };

const noTouched = (): Waiting => ({ objects: new Map(), sites: new Set() });
const isWaiting = ({ objects, sites }: Waiting): boolean => objects.size + sites.size > 0;
const listsOf = ({ objects, sites }: Waiting): Touched => ({
  objects: [...objects.values()],
  stock: [],
  sites: [...sites],
});
