import type { APIRequestContext } from "@playwright/test";
import { expect } from "./fixtures.ts";

export type Outcomes = Record<"delivered" | "applied" | "late" | "repeated" | "ignored" | "rejected", number>;

type Item = Record<string, unknown>;
type Snapshot = { system: string; entity: string; key: string; image: object; deleted: boolean; stale: boolean };
type Stock = {
  material: string;
  site: string;
  storageLocation: string;
  unit: string;
  quantities: Record<string, string>;
};
type Order = {
  id: string;
  isCancelled: boolean;
  isProven: boolean;
  isIssued: boolean;
  confirmedDay: string | null;
  requestedDay: string;
  value: { amount: string; currency: string };
};
type Crossing = { by: string } | null;
type ShipmentEnd = { site: string; planned: string; entered: Crossing; left: Crossing; told: string | null };
type Shipment = { id: string; vehicleId: string; origin: ShipmentEnd; destination: ShipmentEnd };

/** What the simulated world says a reader of its records must end with. */
export type Truth = {
  outcomes: Record<string, Outcomes>;
  deadLetters: Record<string, number>;
  sites: { siteId: string; name: string }[];
  vehicles: { id: string; position: object | null; measures: Record<string, object> }[];
  snapshots: Snapshot[];
  stock: Stock[];
  orders: Order[];
  shipments: Shipment[];
};

/** All pages of a list. */
async function everything(api: APIRequestContext, path: string): Promise<Item[]> {
  const found: Item[] = [];
  for (let cursor = ""; ; ) {
    const answer = await api.get(`/api/v1/${path}${path.includes("?") ? "&" : "?"}limit=1000${cursor}`);
    expect(answer.status(), path).toBe(200);
    const { items, nextCursor } = await answer.json();
    found.push(...items);
    if (nextCursor === null) return found;
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
}

const byId = (items: Item[]) => new Map(items.map((item) => [item.id as string, item]));

export async function outcomesOf(api: APIRequestContext): Promise<Record<string, Outcomes>> {
  const answer = await api.get("/api/v1/sources");
  if (!answer.ok()) return {};
  const { items } = (await answer.json()) as {
    items: { topic: string; records: Outcomes & { gaps: number; lost: number } }[];
  };
  const read = items.filter(({ topic }) => !topic.startsWith("tower."));
  return Object.fromEntries(read.map(({ topic, records: { gaps: _, lost: __, ...outcomes } }) => [topic, outcomes]));
}

/** All that people can ask for is as the world has it. */
export async function expectTruth(api: APIRequestContext, truth: Truth): Promise<void> {
  await expectDeadLetters(api, truth);
  await expectFleet(api, truth);
  await expectRows(api, truth);
  await expectStock(api, truth);
  await expectOrders(api, truth);
  await expectTrips(api, truth);
}

/** Each reason as often as it was planted: those that are kept, and those of a burst that are only counted. */
async function expectDeadLetters(api: APIRequestContext, truth: Truth): Promise<void> {
  const answer = await api.get("/api/v1/dead-letters/groups");
  const { items } = (await answer.json()) as { items: { reason: string; count: number; notKept: number }[] };
  const reasons: Record<string, number> = {};
  for (const { reason, count, notKept } of items) reasons[reason] = (reasons[reason] ?? 0) + count + notKept;
  expect(reasons).toEqual(truth.deadLetters);
}

async function expectFleet(api: APIRequestContext, truth: Truth): Promise<void> {
  expect((await everything(api, "sites")).map(({ id }) => id).sort()).toEqual(
    truth.sites.map(({ siteId }) => siteId).sort(),
  );
  const vehicles = byId(await everything(api, "vehicles"));
  expect(vehicles.size).toBe(truth.vehicles.length);
  for (const { id, position, measures } of truth.vehicles) {
    expect(vehicles.get(id)).toMatchObject({ measures });
    if (position) expect(vehicles.get(id)).toMatchObject({ position });
  }
}

/** Each row of SAP and Salesforce, and no row more. */
async function expectRows(api: APIRequestContext, truth: Truth): Promise<void> {
  const nameOf = ({ system, entity, key }: Pick<Snapshot, "system" | "entity" | "key">) => `${system} ${entity} ${key}`;
  const rows = new Map((await everything(api, "snapshots?include=image")).map((row) => [nameOf(row as Snapshot), row]));
  // Sites are rows too, compared as sites.
  expect(rows.size).toBe(truth.snapshots.length + truth.sites.length);
  for (const row of truth.snapshots) {
    const { image, deleted, stale } = row;
    expect(rows.get(nameOf(row)), nameOf(row)).toMatchObject({ image, deleted, stale });
  }
}

async function expectStock(api: APIRequestContext, truth: Truth): Promise<void> {
  const placeOf = ({ material, site, storageLocation }: Partial<Stock>) => [material, site, storageLocation].join(" ");
  const levels = new Map((await everything(api, "stock")).map((level) => [placeOf(level), level]));
  expect(truth.stock.length).toBeGreaterThan(100);
  for (const { unit, quantities, ...place } of truth.stock) {
    const level = levels.get(placeOf(place));
    expect(level, placeOf(place)).toMatchObject({ unit });
    const found = Object.keys(quantities).map((type) => [type, Number(level![type])]);
    const told = Object.entries(quantities).map(([type, quantity]) => [type, Number(quantity)]);
    expect(found, placeOf(place)).toEqual(told);
  }
}

async function expectOrders(api: APIRequestContext, truth: Truth): Promise<void> {
  const orders = byId(await everything(api, "orders"));
  expect(truth.orders.length).toBeGreaterThan(50);
  for (const { id, value, isCancelled, isProven, isIssued, confirmedDay, requestedDay } of truth.orders) {
    const order = orders.get(id);
    expect(order, id).toMatchObject({ value, confirmedDate: confirmedDay, requestedDate: requestedDay });
    const status = String(order!.status);
    expect({ isCancelled: status === "cancelled", isProven: status === "delivered" }, id).toEqual({
      isCancelled,
      isProven,
    });
    if (!isProven && !isCancelled) expect(["shipped", "in_transit"].includes(status), `${id} ${status}`).toBe(isIssued);
  }
}

/** What the trucks' own positions say of their stops: the arrival by the very reading, the departure soon after it. */
async function expectTrips(api: APIRequestContext, truth: Truth): Promise<void> {
  const trips = byId(await everything(api, "trips"));
  let arrivals = 0;
  for (const { id, vehicleId, origin, destination } of truth.shipments) {
    const trip = trips.get(`shipment:${id}`) as { vehicleId: string; stops: Item[] } | undefined;
    expect(trip, id).toMatchObject({ vehicleId });
    const [load, unload] = [trip!.stops[0]!, trip!.stops.at(-1)!];
    expect(load, id).toMatchObject({
      site: origin.site,
      plannedDeparture: origin.planned,
      reportedDeparture: origin.told,
    });
    expect(unload, id).toMatchObject({
      ...{ site: destination.site, plannedArrival: destination.planned, reportedArrival: destination.told },
      arrivedAt: destination.entered?.by ?? null,
    });
    if (destination.entered) arrivals++;
    expect(load.departedAt !== null, `${id} departure`).toBe(origin.left !== null);
  }
  expect(arrivals).toBeGreaterThan(10);
}
