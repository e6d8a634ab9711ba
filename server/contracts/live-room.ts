import { z } from "zod";
import type { OrderSummary } from "./order.ts";
import type { StockPosition } from "./stock.ts";
import type { Trip } from "./trip.ts";

/**
 * `orders:since` and `inventory:since`, client to server: tell me everything after this number of the room. Without a
 * number, or when it is too old or of another epoch, the answer is a picture to start from. Messages of a room follow
 * as `orders:event` and `inventory:event`, each with the next number: after a gap the client asks again.
 */
export const RoomSince = z.strictObject({
  epoch: z.number().int().optional(),
  seq: z.number().int().min(0).optional(),
});
export type RoomSince = z.infer<typeof RoomSince>;

export type RoomAck<Item> = { epoch: number; seq: number; events: RoomEvent<Item>[] | null };

/** `changed` holds the newest of each that changed since the last message; `gone` the ids that left the picture. */
export type RoomEvent<Item> = { epoch: number; seq: number; changed: Item[]; gone: string[] };

export type OrdersEvent = RoomEvent<OrderSummary> & { trips: Trip[] };
export type InventoryEvent = RoomEvent<StockPosition>;

/** What the changes lane stored in a chunk, told to the web side after the commit. */
export type Touched = {
  /** Business objects by kind: ids. */
  objects: { kind: string; id: string }[];
  /** Stock that changed: `<client>:<material>@<site>`. */
  stock: string[];
  sites: string[];
};

/** A stay inside a fence that began or ended, told by the telemetry lane before it is stored. */
export type VisitTold = {
  vehicleId: string;
  fenceId: string;
  enteredMs: number;
  leftMs: number | null;
  record: ReadingPlace;
  /** The first reading outside; `null` while it is there, or when the fence is what went. */
  leftRecord: ReadingPlace | null;
};

type ReadingPlace = { topic: string; partition: number; offset: string; timestampMs: number };
