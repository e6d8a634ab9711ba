import type { Big as Decimal } from "big.js";
import { Big } from "big.js";
import type { SiteStock, StockPosition } from "../contracts/stock.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { Material } from "../domain/material.ts";
import type { PurchaseOrder } from "../domain/purchase-order.ts";
import type { SalesOrder } from "../domain/sales-order.ts";
import type { StockLevel } from "../domain/stock.ts";
import {
  type ComposedPosition,
  composePosition,
  parsePositionId,
  positionId,
} from "../domain/stock-projection/compose-position.ts";
import {
  goodsUnderWay,
  type OnOrder,
  type OnTheWay,
  openPurchases,
  type Placed,
} from "../domain/stock-projection/inbound-stock.ts";
import { clientOf, lineKey, openReservations, type Reservation } from "../domain/stock-projection/open-reservations.ts";
import { NO_CONSUMPTION, type UsualConsumption } from "../domain/stock-projection/usual-consumption.ts";
import type { Clock } from "../platform/clock.ts";
import type { InventoryIndex, PositionStory } from "../services/stock/inventory-index.ts";
import { findPositions, siteStocks } from "./find-positions.ts";
import { PlacedFacts } from "./placed-facts.ts";
import { presentPosition, presentStock, presentStoryLists } from "./present-stock.ts";

/** When and on which vehicle a delivery reaches a site, as its trip says. */
export type ArrivalOf = (deliveryId: string, site: string) => { vehicleId: string | null; etaMs: number | null } | null;

type SiteFacts = { id: string; name: string; timeZone: string | null };

/**
 * All stock positions (a material at a site) in memory, each composed of its levels, master data, reservations and
 * what is to come. Facts are set as they are read; `recompute` composes what they touched, some at a time, and says
 * which positions have changed by that.
 */
export class InventoryPicture implements InventoryIndex {
  readonly #now: Clock;
  readonly #arrivalOf: ArrivalOf;
  readonly #levels = new Map<string, readonly StockLevel[]>();
  readonly #usual = new Map<string, UsualConsumption>();
  readonly #materials = new Map<string, Material>();
  readonly #orders = new Map<string, SalesOrder>();
  readonly #reservations = new PlacedFacts<Reservation>();
  readonly #onOrder = new PlacedFacts<OnOrder>();
  readonly #onTheWay = new PlacedFacts<OnTheWay>();
  /** What deliveries issued of order lines, by order: `positions` are its ids here. */
  readonly #issued = new PlacedFacts<{ lineKey: string; quantity: Decimal }>();
  readonly #sites = new Map<string, SiteFacts>();
  readonly #siteNames = new Map<string, string>();
  readonly #positions = new Map<string, StockPosition>();
  readonly #dirty = new Set<string>();
  #complete = false;
  #version: number;

  constructor({ now, arrivalOf }: { now: Clock; arrivalOf: ArrivalOf }) {
    this.#now = now;
    this.#arrivalOf = arrivalOf;
    // Greater than any of an earlier run, so that a page that stayed open takes the newer picture.
    this.#version = now();
  }

  /** Everything that is stored has been read and composed once. */
  markComplete(): void {
    this.#complete = true;
  }

  isComplete(): boolean {
    return this.#complete;
  }

  /** Nothing that was touched waits to be composed. */
  isSettled(): boolean {
    return this.#dirty.size === 0;
  }

  /** The levels of one position, all of them; none when nothing is counted there any more. */
  setLevels(id: string, levels: readonly StockLevel[]): void {
    if (levels.length > 0) this.#levels.set(id, levels);
    else this.#levels.delete(id);
    this.#dirty.add(id);
  }

  setUsual(id: string, usual: UsualConsumption | null): void {
    if (usual) this.#usual.set(id, usual);
    else this.#usual.delete(id);
    this.#dirty.add(id);
  }

  /** The positions of which something usually goes out. */
  knownUsual(): string[] {
    return [...this.#usual.keys()];
  }

  setSites(sites: readonly SiteFacts[]): void {
    for (const site of sites) {
      const known = this.#sites.get(site.id);
      this.#sites.set(site.id, site);
      this.#siteNames.set(site.id, site.name);
      if (known && known.timeZone !== site.timeZone) this.#touchSite(site.id);
    }
  }

  setMaterial(id: string, material: Material | null): void {
    for (const each of [this.#materials.get(id), material])
      if (each) for (const { site } of each.sites) this.#touch(each, site);
    if (material && !material.isDeleted) this.#materials.set(id, material);
    else this.#materials.delete(id);
    // A name is shown wherever the material lies, also where it has no plant data.
    if (material) for (const key of this.#positions.keys()) if (isOf(key, material)) this.#dirty.add(key);
  }

  setSalesOrder(id: string, order: SalesOrder | null): void {
    if (order && !order.isClosed && !order.isDeleted) this.#orders.set(id, order);
    else this.#orders.delete(id);
    this.#reserve(id);
  }

  setDelivery(id: string, delivery: Delivery | null): void {
    const coming = delivery ? goodsUnderWay(delivery).map(placedIn(delivery)) : [];
    this.#mark(this.#onTheWay.set(id, coming));
    for (const orderId of this.#issued.set(id, delivery ? issuedOf(delivery) : [])) this.#reserve(orderId);
  }

  setPurchaseOrder(id: string, order: PurchaseOrder | null): void {
    this.#mark(this.#onOrder.set(id, order ? openPurchases(order).map(placedIn(order)) : []));
  }

  /** Something is known anew of the truck with these deliveries. */
  touchDeliveries(deliveryIds: readonly string[]): void {
    for (const id of deliveryIds) this.#mark(new Set(this.#onTheWay.positionsOf(id)));
  }

  /** The day may have changed somewhere. */
  touchAll(): void {
    this.#mark(this.#positions.keys());
  }

  /** Composes of the positions that were touched until `isEnough`. */
  recompute(isEnough: () => boolean): { changed: StockPosition[]; gone: string[] } {
    const result = { changed: [] as StockPosition[], gone: [] as string[] };
    for (const id of this.#dirty) {
      if (isEnough()) break;
      this.#dirty.delete(id);
      this.#recomputeOne(id, result);
    }
    return result;
  }

  list: InventoryIndex["list"] = (filter, options) =>
    findPositions(this.#positions.values(), filter, options, this.#siteNames);

  sites = (): SiteStock[] => siteStocks(this.#positions.values());

  story(id: string): PositionStory | null {
    const position = this.#positions.get(id);
    const composed = position && this.#compose(id);
    if (!composed) return null;
    const master = this.#masterOf(composed);
    const vehicleOf = (deliveryId: string) => this.#arrivalOf(deliveryId, composed.site)?.vehicleId ?? null;
    const locations = (this.#levels.get(id) ?? []).map((level) => presentStock(level, master, position));
    return { position, locations, ...presentStoryLists(composed, vehicleOf) };
  }

  levels: InventoryIndex["levels"] = ({ material, site }, { afterId, limit }) => {
    const found: { id: string; position: StockPosition; level: StockLevel }[] = [];
    for (const [key, levels] of this.#levels) {
      const position = this.#positions.get(key);
      if (!position || (site !== undefined && position.site !== site)) continue;
      if (material !== undefined && position.material !== material && position.materialDisplay !== material) continue;
      for (const level of levels) {
        const id = `${key}#${level.storageLocation}`;
        if (afterId === null || id > afterId) found.push({ id, position, level });
      }
    }
    found.sort((one, other) => (one.id < other.id ? -1 : 1));
    return found
      .slice(0, limit)
      .map(({ id, position, level }) => ({ id, stock: presentStock(level, this.#masterOf(level), position) }));
  };

  #recomputeOne(id: string, result: { changed: StockPosition[]; gone: string[] }): void {
    const before = this.#positions.get(id);
    const composed = this.#compose(id);
    if (!composed) {
      if (this.#positions.delete(id)) result.gone.push(id);
      return;
    }
    const shown = presentPosition(composed, this.#masterOf(composed));
    if (before && JSON.stringify({ ...shown, version: before.version }) === JSON.stringify(before)) return;
    const position = { ...shown, version: ++this.#version };
    this.#positions.set(id, position);
    result.changed.push(position);
  }

  /** A position is where stock is counted or the material is planned; goods on their way alone make one too. */
  #compose(id: string): ComposedPosition | null {
    const key = parsePositionId(id);
    const levels = this.#levels.get(id) ?? [];
    const master = this.#masterOf(key);
    const onOrder = this.#onOrder.at(id);
    const onTheWay = this.#onTheWay.at(id);
    const isPlanned = master?.sites.some(({ site }) => site === key.site) ?? false;
    if (levels.length === 0 && !isPlanned && onTheWay.length === 0 && !onOrder.some(({ quantity }) => quantity.gt(0)))
      return null;
    return composePosition({
      ...key,
      ...{ levels, onOrder, onTheWay },
      master,
      reservations: this.#reservations.at(id),
      usual: this.#usual.get(id) ?? NO_CONSUMPTION,
      timeZone: this.#sites.get(key.site)?.timeZone ?? null,
      nowMs: this.#now(),
      arrivalMs: (deliveryId, site) => this.#arrivalOf(deliveryId, site)?.etaMs ?? null,
    });
  }

  #masterOf({ client, material }: { client: string; material: string }): Material | null {
    return this.#materials.get(`sap:${client}:${material}`) ?? null;
  }

  #reserve(orderId: string): void {
    const order = this.#orders.get(orderId);
    const issued = new Map<string, Decimal>();
    for (const { lineKey: line, quantity } of this.#issued.at(orderId))
      issued.set(line, (issued.get(line) ?? Big(0)).plus(quantity));
    const open = order ? openReservations(order, issued) : [];
    this.#mark(
      this.#reservations.set(
        orderId,
        open.map((fact) => ({ position: positionId(fact), fact })),
      ),
    );
  }

  #touch(material: Material, site: string): void {
    this.#dirty.add(positionId({ client: clientOf(material.id), material: material.material, site }));
  }

  #touchSite(site: string): void {
    for (const [id, position] of this.#positions) if (position.site === site) this.#dirty.add(id);
  }

  #mark(ids: Iterable<string>): void {
    for (const id of ids) this.#dirty.add(id);
  }
}

const isOf = (id: string, material: Material) => id.startsWith(`${clientOf(material.id)}:${material.material}@`);

const placedIn =
  <Fact>({ id }: { id: string }) =>
  ({ material, site, fact }: Placed<Fact>) => ({
    position: positionId({ client: clientOf(id), material, site }),
    fact,
  });

function issuedOf({ issuedAt, isDeleted, direction, lines }: Delivery) {
  if (issuedAt === null || isDeleted || direction !== "outbound") return [];
  return lines.flatMap(({ orderId, orderLine, quantity }) =>
    orderId === null || orderLine === null || quantity === null
      ? []
      : [{ position: orderId, fact: { lineKey: lineKey(orderId, orderLine), quantity: Big(quantity) } }],
  );
}
