import { Big } from "big.js";
import type { Material } from "../material.ts";
import type { Day } from "../sales-order.ts";
import { STOCK_TYPES, type StockLevel, type StockType } from "../stock.ts";
import { dayIn } from "./days.ts";
import { type OnOrder, type OnTheWay, withoutRepeats } from "./inbound-stock.ts";
import { judgeStock, type StockJudgement } from "./judge-stock.ts";
import type { Reservation } from "./open-reservations.ts";
import { type Dated, type ProjectedDay, projectStock } from "./project-stock.ts";
import type { UsualConsumption } from "./usual-consumption.ts";

/** `<client>:<material>@<site>`: one material at one site. */
export type PositionKey = { client: string; material: string; site: string };

export const positionId = ({ client, material, site }: PositionKey): string => `${client}:${material}@${site}`;

/** A material's number may hold anything but `@`. */
export function parsePositionId(id: string): PositionKey {
  const colon = id.indexOf(":");
  const at = id.lastIndexOf("@");
  return { client: id.slice(0, colon), material: id.slice(colon + 1, at), site: id.slice(at + 1) };
}

/** Everything that is known of a position, from wherever it came. */
export type PositionFacts = PositionKey & {
  levels: readonly StockLevel[];
  master: Material | null;
  reservations: readonly Reservation[];
  onOrder: readonly OnOrder[];
  onTheWay: readonly OnTheWay[];
  usual: UsualConsumption;
  timeZone: string | null;
  nowMs: number;
  /** When the truck with this delivery is expected at the site, as its trip says; `null` while nothing is known. */
  arrivalMs(deliveryId: string, site: string): number | null;
};

export type Arrival = OnTheWay & { etaMs: number | null; day: Day | null };

export type ComposedPosition = PositionKey &
  StockJudgement & {
    today: Day;
    unit: string;
    /** Unrestricted stock of all storage locations; `null` while nobody has counted. */
    onHand: Big | null;
    reserved: Big;
    inTransit: Big;
    onOrder: Big;
    safetyStock: string | null;
    inbound: { quantity: Big; day: Day } | null;
    projection: ProjectedDay[];
    reservations: Reservation[];
    arrivals: Arrival[];
    purchases: OnOrder[];
  };

/** What a material is counted in where neither stock nor master data say it. */
const UNIT_UNKNOWN = "EA";

/** One position from its facts. What is told in another unit than the stock cannot be added to it and is left out. */
export function composePosition(facts: PositionFacts): ComposedPosition {
  const { client, material, site, levels, nowMs } = facts;
  const unit = levels[0]?.unit ?? facts.master?.unit ?? UNIT_UNKNOWN;
  const inUnit = (fact: { unit: string | null }) => fact.unit === null || fact.unit === unit;
  const reservations = facts.reservations.filter(inUnit);
  const { onOrder, onTheWay } = withoutRepeats(facts.onOrder.filter(inUnit), facts.onTheWay.filter(inUnit));
  const arrivals = arrivalsOf(facts, onTheWay);
  const today = dayIn(facts.timeZone, nowMs);
  const onHand = levels.length === 0 ? null : sumOf(levels, "unrestricted");
  const incoming = [...arrivals, ...onOrder];
  const projection =
    onHand === null
      ? []
      : projectStock({
          today,
          onHand: Number(onHand),
          reservations: reservations.map(dated),
          receipts: incoming.map(dated),
          usual: facts.usual,
        });
  const master = facts.master?.sites.find((each) => each.site === site);
  const judgement = judgeStock({
    today,
    onHand: onHand === null ? null : Number(onHand),
    safetyStock: numberOf(master?.safetyStock),
    maximumStock: numberOf(master?.maximumStock),
    projection,
    usualPerDay: facts.usual.perDay,
  });
  return {
    ...{ client, material, site, today, unit, onHand, ...judgement },
    reserved: total(reservations),
    inTransit: arrivals.length > 0 ? total(arrivals) : sumOf(levels, "inTransit"),
    onOrder: total(onOrder),
    safetyStock: master?.safetyStock ?? null,
    inbound: nextOf(incoming),
    ...{ projection, reservations, arrivals, purchases: onOrder },
  };
}

function arrivalsOf({ arrivalMs, site, timeZone }: PositionFacts, onTheWay: readonly OnTheWay[]): Arrival[] {
  return onTheWay.map((goods) => {
    const etaMs = arrivalMs(goods.deliveryId, site);
    return { ...goods, etaMs, day: etaMs === null ? goods.plannedDay : dayIn(timeZone, etaMs) };
  });
}

type Part = { quantity: Big; day: Day | null };

const dated = ({ day, quantity }: Part): Dated => ({ day, quantity: Number(quantity) });
const total = (parts: readonly { quantity: Big }[]): Big =>
  parts.reduce((sum, { quantity }) => sum.plus(quantity), Big(0));
const numberOf = (text: string | null | undefined): number | null => (text == null ? null : Number(text));

export const sumOf = (levels: readonly StockLevel[], type: StockType): Big =>
  levels.reduce((sum, { quantities }) => sum.plus(quantities[type]), Big(0));

/** What comes on the first day on which something does. */
function nextOf(parts: readonly Part[]): { quantity: Big; day: Day } | null {
  const [day] = parts.flatMap((part) => part.day ?? []).sort();
  if (day === undefined) return null;
  return { day, quantity: total(parts.filter((part) => part.day === day)) };
}

/** Whether the source's own count (MARD) says something else than the movements. */
export function snapshotDiffers({ basis, snapshot, quantities }: StockLevel): boolean {
  if (basis !== "movements" || snapshot === null) return false;
  return STOCK_TYPES.some((type) => type !== "inTransit" && !Big(snapshot.quantities[type]).eq(quantities[type]));
}
