import { isoTime } from "../../platform/clock.ts";
import { CLIENT, unpadded } from "../documents/sap-tables.ts";
import type { Shipment } from "../documents/shipment.ts";
import type { Crossing, Stay } from "./fence-truth.ts";

/** The fence was crossed after the one and by the other of two positions that were sent; UTC. */
export type TrueCrossing = { after: string | null; by: string } | null;

/** One end of a run: what was planned, what the truck's positions say, and what SAP was told. All in UTC. */
export type TrueStop = {
  site: string;
  planned: string;
  entered: TrueCrossing;
  left: TrueCrossing;
  told: string | null;
};

export type TrueShipment = {
  id: string;
  number: string;
  vehicleId: string;
  delivery: string;
  origin: TrueStop;
  destination: TrueStop;
};

export function shipmentTruth(
  { number, vehicleId, origin, destination, plan, told }: Shipment,
  delivery: string,
  stays: { origin: Stay; destination: Stay },
): TrueShipment {
  return {
    id: `sap:${CLIENT}:${number}`,
    number: unpadded(number),
    vehicleId,
    delivery: unpadded(delivery),
    origin: { site: origin.siteId, ...stopTruth(stays.origin, plan.departMs, told.departedMs) },
    destination: { site: destination.siteId, ...stopTruth(stays.destination, plan.arriveMs, told.arrivedMs) },
  };
}

const stopTruth = ({ entered, left }: Stay, plannedMs: number, toldMs: number | null) => ({
  planned: isoTime(plannedMs),
  entered: crossingTruth(entered),
  left: crossingTruth(left),
  told: toldMs === null ? null : isoTime(toldMs),
});

const crossingTruth = (crossing: Crossing | null): TrueCrossing =>
  crossing && { after: crossing.afterMs === null ? null : isoTime(crossing.afterMs), by: isoTime(crossing.byMs) };
