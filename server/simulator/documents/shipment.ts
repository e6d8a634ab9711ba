import type { SimulatedSite } from "../sites.ts";
import { type SapRecord, sapRecord } from "./books.ts";
import { localTime } from "./local-time.ts";
import { BOOKED_BY, CLIENT, NO_DATE, NO_TIME, sapDate, sapTime } from "./sap-tables.ts";

/** When it is to leave and to arrive. */
export type ShipmentPlan = { departMs: number; arriveMs: number };

/** One truck's run with one delivery, in one stage. Times are the true ones, and those that SAP was told. */
export type Shipment = {
  number: string;
  vehicleId: string;
  origin: SimulatedSite;
  destination: SimulatedSite;
  route: string;
  plan: ShipmentPlan;
  told: { departedMs: number | null; arrivedMs: number | null };
  header: SapRecord;
  item: SapRecord;
  stage: SapRecord;
};

const CARRIERS = ["0000500100", "0000500220", "0000500340", "C-ROADWAY"];

export type ShipmentParts = {
  number: string;
  deliveryNumber: string;
  vehicle: { id: string; index: number };
  origin: SimulatedSite;
  destination: SimulatedSite;
  plan: ShipmentPlan;
  createdMs: number;
};

export function createShipment(parts: ShipmentParts): Shipment {
  const { number, deliveryNumber, vehicle, origin, destination, plan, createdMs } = parts;
  const route = `R${origin.siteId.slice(1)}${destination.siteId.slice(2)}`;
  const carrier = CARRIERS[vehicle.index % CARRIERS.length]!;
  const distance =
    (origin.routes.destination === destination.node ? 0 : destination.routes.metres[origin.node]!) / 1000;
  const way = { DISTZ: distance.toFixed(3), MEDST: "KM", TDLNR: carrier };
  const created = { ERDAT: sapDate(createdMs) };
  const planned = plannedTimes(plan, origin, destination);
  const none = { DATBG: NO_DATE, UATBG: NO_TIME, DATEN: NO_DATE, UATEN: NO_TIME };
  return {
    number,
    vehicleId: vehicle.id,
    origin,
    destination,
    route,
    plan,
    told: { departedMs: null, arrivedMs: null },
    header: sapRecord("VTTK", {
      MANDT: CLIENT,
      TKNUM: number,
      SHTYP: "0001",
      TPLST: origin.siteId,
      VSART: "01",
      ROUTE: route,
      SIGNI: vehicle.id,
      EXTI1: `BOL${deliveryNumber}`,
      TPBEZ: `${origin.name} - ${destination.name}`.slice(0, 20),
      ...created,
      STTRG: "1",
      STDIS: "X",
      STTBG: "",
      STTEN: "",
      ...planned,
      ...none,
      ...way,
    }),
    item: sapRecord("VTTP", {
      MANDT: CLIENT,
      TKNUM: number,
      TPNUM: "0001",
      VBELN: deliveryNumber,
      TPRFO: "0001",
      ERNAM: BOOKED_BY,
      ...created,
      ERZET: sapTime(createdMs),
    }),
    stage: sapRecord("VTTS", {
      MANDT: CLIENT,
      TKNUM: number,
      TSNUM: "0001",
      TSTYP: "1",
      TSRFO: "0001",
      LAUFK: "4",
      KNOTA: origin.siteId,
      KNOTZ: destination.siteId,
      WERKA: origin.siteId,
      WERKZ: destination.kind === "customer" ? "" : destination.siteId,
      KUNNZ: destination.kind === "customer" ? destination.siteId.padStart(10, "0") : "",
      ...planned,
      ...none,
      ...way,
    }),
  };
}

export const shipmentRows = ({ header, item, stage }: Shipment): SapRecord[] => [header, item, stage];

function plannedTimes({ departMs, arriveMs }: ShipmentPlan, origin: SimulatedSite, destination: SimulatedSite) {
  const departs = localTime(departMs, origin.timeZone);
  const arrives = localTime(arriveMs, destination.timeZone);
  return { DPTBG: departs.date, UPTBG: departs.time, DPTEN: arrives.date, UPTEN: arrives.time };
}

/** What SAP is told of a departure or an arrival: the time there, without its zone. */
export function departedRow({ origin }: Shipment, timeMs: number) {
  const { date, time } = localTime(timeMs, origin.timeZone);
  return { DATBG: date, UATBG: time };
}

export function arrivedRow({ destination }: Shipment, timeMs: number) {
  const { date, time } = localTime(timeMs, destination.timeZone);
  return { DATEN: date, UATEN: time };
}
