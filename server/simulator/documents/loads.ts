import type { Vehicle } from "../fleet/vehicle.ts";
import type { OrderBook, OrderWish } from "../orders/order-book.ts";
import { createPurchaseOrder, type PurchaseOrder } from "../orders/purchase-order.ts";
import type { SalesOrder } from "../orders/sales-order.ts";
import type { SimulatedSite } from "../sites.ts";
import type { Ledger } from "../stock/ledger.ts";
import { type Assortment, drawUnits, MAIN_LOCATION, type Position } from "../stock/positions.ts";
import { createDelivery, type Delivery, type DeliveryWants } from "./delivery.ts";
import { createNumberRange } from "./number-range.ts";
import { THOUSAND } from "./quantities.ts";
import type { Registry } from "./registry.ts";
import { createShipment, type ShipmentPlan } from "./shipment.ts";

export type Trip = { origin: SimulatedSite; destination: SimulatedSite };
/** Document numbers are taken from `numberMs`; the rows say when they were created. */
export type DraftTimes = { numberMs: number; createdMs: number; plan: ShipmentPlan; wantedMs: number };

export type Loads = ReturnType<typeof createLoads>;

const SHIPMENTS_FROM = 2_500_000_000;
const TRANSFER_SHARE_OF_STOCK = 0.5;

/** Decides what a truck is loaded with, and makes the papers for it; nothing is told yet. */
export function createLoads(deps: {
  orderBook: OrderBook;
  assortment: Assortment;
  ledger: Ledger;
  deliveries: Registry<Delivery>;
  purchases: Registry<PurchaseOrder>;
  takePurchaseNumber(timeMs: number): string;
}) {
  const { orderBook, assortment, ledger, deliveries, purchases } = deps;
  const takeDelivery = createNumberRange(0);
  const takeShipment = createNumberRange(SHIPMENTS_FROM);

  /** Thousandths of the base unit that may still be promised to a truck. */
  const free = ({ material, site, committed }: Position): number =>
    ledger.unrestricted(material, site.siteId, MAIN_LOCATION) - committed;

  /** What is there of what was confirmed. */
  function wantedOf(order: SalesOrder, isUnlimited: boolean): DeliveryWants[] {
    return order.lines.flatMap(({ position, line, confirmedUnits }) => {
      const perUnit = position.material.perSalesUnit * THOUSAND;
      const units = isUnlimited ? confirmedUnits : Math.min(confirmedUnits, Math.floor(free(position) / perUnit));
      return units > 0 ? [{ position, target: null, units, orderLine: line }] : [];
    });
  }

  /** An order that waits for this truck, if there is one. */
  const waitingOrder = (site: SimulatedSite, nowMs: number): SalesOrder | null =>
    orderBook.takeFor(site, nowMs, (order) => wantedOf(order, false).length > 0);

  /** An order made for this truck. */
  const newOrder = (wish: OrderWish): SalesOrder | null => orderBook.make(wish);

  /** `null` where nothing of it is there. `isUnlimited`: it is not asked what is there. */
  function draftSale(vehicle: Vehicle, order: SalesOrder, times: DraftTimes, isUnlimited = false): Delivery | null {
    const trip = { origin: order.origin, destination: order.destination };
    const wanted = wantedOf(order, isUnlimited);
    return wanted.length > 0 ? draft(vehicle, trip, times, { salesOrder: order, transfer: null, wanted }) : null;
  }

  /** Goods moved to another site, with the order between the two plants. `isUnlimited`: they left long ago. */
  function draftTransfer(vehicle: Vehicle, trip: Trip, times: DraftTimes, isUnlimited = false): Delivery | null {
    const shared = assortment
      .shared(trip.origin, trip.destination)
      .filter(({ source, target }) => isUnlimited || (free(source) > THOUSAND * 24 && target.fate !== "out"));
    if (shared.length === 0) return null;
    const { source, target } = vehicle.random.pick(shared);
    const most = isUnlimited ? Infinity : Math.floor((free(source) * TRANSFER_SHARE_OF_STOCK) / THOUSAND);
    const units = Math.min(most, drawUnits(source.material, vehicle.random) * source.material.perSalesUnit);
    const transfer = createPurchaseOrder({
      number: deps.takePurchaseNumber(times.numberMs),
      supplyingSite: trip.origin,
      wanted: [{ position: target, quantity: units * THOUSAND }],
      createdMs: times.createdMs,
      dueMs: times.plan.arriveMs,
    });
    purchases.add(transfer.number, transfer);
    const wanted = [{ position: source, target, units, orderLine: transfer.lines[0]!.line }];
    return draft(vehicle, trip, times, { salesOrder: null, transfer, wanted });
  }

  /** Something is always to be moved: to the nearest site that keeps what is kept here. */
  function draftAnything(vehicle: Vehicle, { origin }: Pick<Trip, "origin">, times: DraftTimes): Delivery {
    for (const isUnlimited of [false, true]) {
      for (const destination of origin.neighbours.filter(({ kind }) => kind !== "customer" && kind !== "plant")) {
        const delivery = draftTransfer(vehicle, { origin, destination }, times, isUnlimited);
        if (delivery) return delivery;
      }
    }
    throw new Error(`nothing is kept at site ${origin.siteId}`);
  }

  function draft(
    vehicle: Vehicle,
    trip: Trip,
    { numberMs, createdMs, plan }: DraftTimes,
    goods: Pick<Parameters<typeof createDelivery>[0], "salesOrder" | "transfer" | "wanted">,
  ): Delivery {
    const number = takeDelivery(numberMs);
    const shipmentNumber = takeShipment(numberMs);
    const shipment = createShipment({
      number: shipmentNumber,
      deliveryNumber: number,
      vehicle,
      ...trip,
      plan,
      createdMs,
    });
    const { random, id: vehicleId } = vehicle;
    const delivery = createDelivery({ number, vehicleId, ...trip, ...goods, shipment, createdMs, random });
    for (const { position, quantity } of delivery.lines) position.committed += quantity;
    deliveries.add(number, delivery);
    return delivery;
  }

  /** The goods are gone from where they stood, or will not go after all. */
  function release(delivery: Delivery): void {
    for (const { position, quantity } of delivery.lines) position.committed -= quantity;
  }

  return { waitingOrder, newOrder, draftSale, draftTransfer, draftAnything, release, deliveries, purchases, free };
}
