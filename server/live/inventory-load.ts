import type { Touched } from "../contracts/live-room.ts";
import type { BusinessKind, BusinessObjects } from "../domain/business-object.ts";
import type { StockLevel } from "../domain/stock.ts";
import { type PositionKey, parsePositionId, positionId } from "../domain/stock-projection/compose-position.ts";
import { CONSUMPTION_MOVEMENT_TYPES } from "../domain/stock-projection/movement-types.ts";
import { CONSUMPTION_DAYS, usualConsumption } from "../domain/stock-projection/usual-consumption.ts";
import type { Clock } from "../platform/clock.ts";
import type { BusinessObjectReader } from "../services/business/port.ts";
import type { SiteReader } from "../services/site/port.ts";
import type { StockReader } from "../services/stock/port.ts";
import type { InventoryPicture } from "./inventory-picture.ts";
import { atEase, pagesOf, settle, slices } from "./portions.ts";

const PAGE_SIZE = 250;
/** Ids in one question. */
const IDS_MAX = 500;
const DAY_MS = 24 * 60 * 60_000;

export type InventorySources = {
  stock: StockReader;
  objects: BusinessObjectReader;
  sites: SiteReader;
  now: Clock;
};

/** Everything, page by page, so that no answer of the database is large. */
export async function loadInventory(picture: InventoryPicture, sources: InventorySources): Promise<void> {
  const { objects } = sources;
  await readSites(picture, sources.sites);
  for await (const page of atEase(pagesOf((afterId) => objects.openOf("material", { afterId, limit: PAGE_SIZE }))))
    for (const material of page) picture.setMaterial(material.id, material);
  await readLevels(picture, sources.stock);
  await readUsual(picture, sources);
  for await (const page of atEase(
    pagesOf((afterId) => objects.openOf("purchase_order", { afterId, limit: PAGE_SIZE })),
  ))
    for (const order of page) picture.setPurchaseOrder(order.id, order);
  for await (const page of atEase(pagesOf((afterId) => objects.openOf("sales_order", { afterId, limit: PAGE_SIZE })))) {
    for (const order of page) picture.setSalesOrder(order.id, order);
    // What of an open order has left may be on deliveries that are closed.
    await readDeliveriesOf(
      picture,
      objects,
      page.map(({ id }) => id),
    );
  }
  const purchases = new Set<string>();
  for await (const page of atEase(pagesOf((afterId) => objects.openOf("delivery", { afterId, limit: PAGE_SIZE }))))
    for (const delivery of page) {
      picture.setDelivery(delivery.id, delivery);
      if (delivery.direction !== "outbound")
        for (const { orderId } of delivery.lines) if (orderId) purchases.add(orderId);
    }
  await readPurchases(picture, objects, [...purchases]);
  await settle(picture);
  picture.markComplete();
}

/** Only what was touched. Of a kind that stock does not depend on, nothing. */
export async function readTouched(
  picture: InventoryPicture,
  sources: InventorySources,
  { objects: touched, stock, sites }: Touched,
): Promise<void> {
  const { objects } = sources;
  const idsOf = (kind: BusinessKind) => touched.filter((each) => each.kind === kind).map(({ id }) => id);
  if (sites.length > 0) await readSites(picture, sources.sites);
  await readKind("material", (id, object) => picture.setMaterial(id, object));
  await readKind("purchase_order", (id, object) => picture.setPurchaseOrder(id, object));
  await readKind("sales_order", (id, object) => picture.setSalesOrder(id, object));
  await readDeliveriesOf(picture, objects, idsOf("sales_order"));
  await readKind("delivery", (id, object) => picture.setDelivery(id, object));
  for await (const ids of atEase(slices(stock, IDS_MAX)))
    await readPositions(picture, sources, ids.map(parsePositionId));

  async function readKind<Kind extends BusinessKind>(
    kind: Kind,
    set: (id: string, object: BusinessObjects[Kind] | null) => void,
  ): Promise<void> {
    for await (const ids of atEase(slices(idsOf(kind), IDS_MAX))) {
      const found = new Map((await objects.get(kind, ids)).map((object) => [object.id, object]));
      for (const id of ids) set(id, found.get(id) ?? null);
    }
  }
}

async function readPositions(picture: InventoryPicture, sources: InventorySources, keys: PositionKey[]): Promise<void> {
  const levels = byPosition(await sources.stock.levelsOf(keys));
  for (const key of keys) picture.setLevels(positionId(key), levels.get(positionId(key)) ?? []);
  await readUsual(picture, sources, keys);
}

async function readSites(picture: InventoryPicture, sites: SiteReader): Promise<void> {
  for await (const page of atEase(pagesOf((afterId) => sites.list({ afterId, limit: PAGE_SIZE }))))
    picture.setSites(page);
}

async function readLevels(picture: InventoryPicture, stock: StockReader): Promise<void> {
  let after: PositionKey | null = null;
  do {
    const levels: StockLevel[] = await stock.levels({ after, limit: PAGE_SIZE });
    for (const [id, each] of byPosition(levels)) picture.setLevels(id, each);
    after = levels.at(-1) ?? null;
  } while (after !== null);
}

/** What usually goes out, of every position or of some. */
export async function readUsual(
  picture: InventoryPicture,
  { stock, now }: Pick<InventorySources, "stock" | "now">,
  keys?: readonly PositionKey[],
): Promise<void> {
  const nowMs = now();
  const positions = keys && { positions: keys };
  const first = new Map((await stock.firstMovements(keys)).map((each) => [positionId(each), each.atMs]));
  const issued = new Map<string, number[]>();
  const asked = { movementTypes: CONSUMPTION_MOVEMENT_TYPES, days: CONSUMPTION_DAYS, nowMs, ...positions };
  for (const { daysAgo, quantity, ...key } of await stock.issued(asked)) {
    const id = positionId(key);
    const days = issued.get(id) ?? [];
    days[daysAgo] = Number(quantity);
    issued.set(id, days);
  }
  const quiet = keys?.map(positionId) ?? picture.knownUsual();
  for (const id of quiet) if (!issued.has(id)) picture.setUsual(id, null);
  for (const [id, days] of issued) {
    const observedDays = (nowMs - (first.get(id) ?? nowMs)) / DAY_MS;
    picture.setUsual(id, usualConsumption(days, observedDays));
  }
}

async function readDeliveriesOf(
  picture: InventoryPicture,
  objects: BusinessObjectReader,
  orderIds: readonly string[],
): Promise<void> {
  for await (const ids of atEase(slices(orderIds, IDS_MAX)))
    for (const delivery of await objects.relatedTo("delivery", ids.map(salesOrder)))
      picture.setDelivery(delivery.id, delivery);
}

async function readPurchases(
  picture: InventoryPicture,
  objects: BusinessObjectReader,
  ids: readonly string[],
): Promise<void> {
  for await (const some of atEase(slices(ids, IDS_MAX)))
    for (const order of await objects.get("purchase_order", some)) picture.setPurchaseOrder(order.id, order);
}

const salesOrder = (id: string) => ({ kind: "sales_order", id }) as const;

function byPosition(levels: readonly StockLevel[]): Map<string, StockLevel[]> {
  const found = new Map<string, StockLevel[]>();
  for (const level of levels) {
    const id = positionId(level);
    found.set(id, [...(found.get(id) ?? []), level]);
  }
  return found;
}
