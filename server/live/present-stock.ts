import type { Big } from "big.js";
import type { RecordRef } from "../contracts/record-ref.ts";
import type { Stock, StockPosition, StockStory } from "../contracts/stock.ts";
import type { FactRecord } from "../domain/business-object.ts";
import type { Material } from "../domain/material.ts";
import type { StockLevel } from "../domain/stock.ts";
import { type ComposedPosition, positionId, snapshotDiffers } from "../domain/stock-projection/compose-position.ts";
import { ordersAtStake } from "../domain/stock-projection/orders-at-stake.ts";
import { isoTime } from "../platform/clock.ts";

export const presentFactRecord = ({ topic, partition, offset, timestampMs }: FactRecord): RecordRef => ({
  topic,
  partition,
  offset,
  timestamp: isoTime(timestampMs),
});

/** As people write a material's number, where its own row has not come yet. */
export const displayOf = (material: string, master: Material | null): string =>
  master?.display || material.replace(/^0+(?=.)/, "");

export function presentPosition(position: ComposedPosition, master: Material | null): Omit<StockPosition, "version"> {
  const { material, site, unit, onHand, inbound, projection } = position;
  return {
    id: positionId(position),
    material,
    materialDisplay: displayOf(material, master),
    text: master?.text ?? null,
    site,
    unit,
    onHand: onHand && decimal(onHand),
    reserved: decimal(position.reserved),
    inTransit: decimal(position.inTransit),
    onOrder: decimal(position.onOrder),
    safetyStock: position.safetyStock,
    inbound: inbound && { quantity: decimal(inbound.quantity), day: inbound.day },
    coverDays: position.coverDays,
    health: position.health,
    belowSafetyDay: position.belowSafetyDay,
    outDay: position.outDay,
    projected: projection.map(({ expected }) => Math.round(expected)),
  };
}

const decimal = (value: Big): string => value.toFixed();

/** One storage location; health and safety stock are those of the whole position, which is what SAP plans with. */
export function presentStock(level: StockLevel, master: Material | null, position: StockPosition): Stock {
  const { quantities, snapshot } = level;
  return {
    material: level.material,
    materialDisplay: displayOf(level.material, master),
    site: level.site,
    storageLocation: level.storageLocation,
    unit: level.unit,
    ...quantities,
    safetyStock: position.safetyStock,
    health: position.health,
    basis: level.basis,
    snapshotDiffers:
      snapshot !== null && snapshotDiffers(level)
        ? { unrestricted: snapshot.quantities.unrestricted, record: presentFactRecord(snapshot.record) }
        : null,
    record: presentFactRecord(level.record),
  };
}

/** The lists of a story; which vehicle carries a delivery is what its trip says, else the delivery itself. */
export function presentStoryLists(
  { onHand, projection, reservations, arrivals, purchases }: ComposedPosition,
  vehicleOf: (deliveryId: string) => string | null,
): Pick<StockStory, "projection" | "reservations" | "inTransit" | "onOrder" | "ordersAtStake"> {
  return {
    projection,
    reservations: reservations
      .map(({ orderId, quantity, day }) => ({ orderId, quantity: decimal(quantity), day }))
      .sort(byDay),
    inTransit: arrivals
      .map(({ deliveryId, quantity, vehicleId, fromSite, etaMs }) => ({
        deliveryId,
        quantity: decimal(quantity),
        vehicleId: vehicleOf(deliveryId) ?? vehicleId,
        fromSite,
        eta: etaMs === null ? null : isoTime(etaMs),
      }))
      .sort((one, other) => (one.eta ?? "9").localeCompare(other.eta ?? "9")),
    onOrder: purchases
      .map(({ purchaseOrderId, quantity, day }) => ({ purchaseOrderId, quantity: decimal(quantity), day }))
      .sort(byDay),
    ordersAtStake: ordersAtStake(Number(onHand ?? 0), projection, reservations),
  };
}

const byDay = (one: { day: string | null }, other: { day: string | null }) =>
  (one.day ?? "9").localeCompare(other.day ?? "9");
