import type { FactRecord, ObjectBase } from "./business-object.ts";

/** A local date and time without zone, `YYYY-MM-DDTHH:MM:SS`; of the place it belongs to. */
export type LocalTime = string;

export type ShipmentStage = {
  /** VTTS.TSNUM, and the order in which it is driven (TSRFO). */
  stage: string;
  sequence: number;
  /** Plants, customers or nodes as site ids without leading zeros. */
  fromSite: string | null;
  toSite: string | null;
  plannedStart: LocalTime | null;
  plannedEnd: LocalTime | null;
  /** As SAP was told, which may come later than the truck's own signal. */
  actualStart: LocalTime | null;
  actualEnd: LocalTime | null;
  distanceKm: number | null;
  record: FactRecord;
};

/** SAP shipment: VTTK, VTTS, VTTP. */
export type Shipment = ObjectBase & {
  number: string;
  /** VTTK.SIGNI. */
  vehicleId: string | null;
  /** VTTK.TDLNR without leading zeros. */
  carrier: string | null;
  plannedStart: LocalTime | null;
  plannedEnd: LocalTime | null;
  stages: ShipmentStage[];
  /** The deliveries it carries, `sap:<client>:<VBELN>`. */
  deliveryIds: string[];
};
