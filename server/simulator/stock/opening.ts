import type { Schedule } from "../documents/paperwork.ts";
import { THOUSAND } from "../documents/quantities.ts";
import type { Random } from "../random.ts";
import type { Ledger } from "./ledger.ts";
import type { MovementLine } from "./movements.ts";
import { type Assortment, MAIN_LOCATION, type Position } from "./positions.ts";

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 14;
const SECOND_MS = 1000;
/** When the opening stock, the movements of the last days and the figures of MARD are told. */
const OPENING_MS = { from: 3 * SECOND_MS, to: 24 * SECOND_MS };
const HISTORY_MS = { from: 32 * SECOND_MS, to: 72 * SECOND_MS };
const SNAPSHOT_MS = { from: 74 * SECOND_MS, to: 80 * SECOND_MS };
/** These documents have the same numbers in every world of this seed, so that one begun again says the same again. */
const FIRST_DOCUMENT = 4_900_000_000;

const OPENING_DOCUMENTS_MAX = 100_000;

export const isOpeningDocument = (document: string): boolean =>
  Number(document) >= FIRST_DOCUMENT && Number(document) < FIRST_DOCUMENT + OPENING_DOCUMENTS_MAX;

type Entry = { line: MovementLine; daysAgo: number };

/** The stock that the world begins with: a balance of two weeks ago, and in summary what moved since. */
export function createOpening(deps: {
  startMs: number;
  /** The moment so long after the beginning, told at the pace of this company. */
  openingAt(ms: number): number;
  assortment: Assortment;
  ledger: Ledger;
  random: Random;
  schedule: Schedule;
}) {
  const { startMs, openingAt, assortment, ledger, random, schedule } = deps;
  let documents = 0;

  function tell(entries: readonly Entry[], { from, to }: { from: number; to: number }): void {
    entries.forEach(({ line, daysAgo }, index) => {
      const document = String(FIRST_DOCUMENT + documents++);
      const atMs = openingAt(from + ((to - from) * index) / entries.length);
      schedule(atMs, (now) => ledger.load([line], document, startMs - daysAgo * DAY_MS, now));
    });
  }

  return function open(): void {
    const balances: Entry[] = [];
    const history: Entry[] = [];
    for (const position of assortment.all) {
      const moved = movedBefore(position, random);
      history.push(...moved);
      const net = moved.reduce((sum, { line }) => sum + (line.adds ? line.quantity : -line.quantity), 0);
      const balance = position.opening + position.issuedBefore - net;
      if (balance > 0) balances.push({ line: lineOf(position, "561", true, balance), daysAgo: HISTORY_DAYS });
      if (random.chance(0.07)) balances.push(held(position, "563", "qualityInspection", random));
      if (random.chance(0.05)) balances.push(held(position, "565", "blocked", random));
    }
    tell(balances, OPENING_MS);
    tell(history, HISTORY_MS);
    schedule(openingAt(SNAPSHOT_MS.from), () => trackSome());
  };

  /** Of some places MARD is told too, and of a known few of them it says something else. */
  function trackSome(): void {
    const chosen = assortment.all.filter((_, index) => index % 33 === 4);
    chosen.forEach(({ material, site, perDay }, index) => {
      const apartBy = index % 6 === 2 ? Math.max(THOUSAND, Math.round(perDay / 3 / THOUSAND) * THOUSAND) : 0;
      const atMs = openingAt(SNAPSHOT_MS.from + ((SNAPSHOT_MS.to - SNAPSHOT_MS.from) * index) / chosen.length);
      schedule(atMs, (now) => ledger.track(ledger.placeOf(material, site.siteId, MAIN_LOCATION), apartBy, now));
    });
  }
}

function lineOf(
  { material, site }: Position,
  type: string,
  adds: boolean,
  quantity: number,
  stockType: MovementLine["stockType"] = "unrestricted",
): MovementLine {
  return { type, material, site: site.siteId, location: MAIN_LOCATION, stockType, adds, quantity };
}

function held(position: Position, type: string, stockType: MovementLine["stockType"], random: Random): Entry {
  const quantity = whole(position.perDay * random.between(0.2, 1.5));
  return { line: lineOf(position, type, true, quantity, stockType), daysAgo: random.between(1, HISTORY_DAYS) };
}

/** What was used over two weeks, in one posting or two, and what came in for it. */
function movedBefore(position: Position, random: Random): Entry[] {
  const { material, perDay, fate } = position;
  const used = perDay * HISTORY_DAYS * random.between(0.9, 1.1);
  const type = material.type === "ROH" ? "261" : "601";
  const postings = material.isCore && random.chance(0.4) ? 2 : 1;
  const entries = Array.from({ length: postings }, (_, index): Entry => {
    const daysAgo = HISTORY_DAYS - 1 - (index * HISTORY_DAYS) / 2 - random.between(0, 4);
    return { line: lineOf(position, type, false, whole(used / postings)), daysAgo };
  });
  const isReplenished = fate === "healthy" && random.chance(0.35);
  if (isReplenished)
    entries.push({ line: lineOf(position, "101", true, whole(used * 0.8)), daysAgo: random.between(1, 12) });
  return entries;
}

const whole = (quantity: number): number => Math.max(THOUSAND, Math.round(quantity / THOUSAND) * THOUSAND);
