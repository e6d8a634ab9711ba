import type { Schedule } from "../documents/paperwork.ts";
import { THOUSAND } from "../documents/quantities.ts";
import { sapDate } from "../documents/sap-tables.ts";
import type { Random } from "../random.ts";
import type { Ledger, StockPlace } from "./ledger.ts";
import type { MovementLine } from "./movements.ts";
import { type Assortment, MAIN_LOCATION, PICK_LOCATION, type Position } from "./positions.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** After the beginning is told. */
const FIRST_MS = 90_000;
const PER_HOUR = { perVehicle: 0.12, min: 12 };

/** What happens to stock besides coming and going: moved, inspected, blocked, used, scrapped, counted, taken back. */
export function createStockLife(deps: {
  /** The moment so long after the beginning, told at the pace of this company. */
  openingAt(ms: number): number;
  vehicles: number;
  assortment: Assortment;
  ledger: Ledger;
  random: Random;
  schedule: Schedule;
}) {
  const { openingAt, assortment, ledger, random, schedule } = deps;
  const everyMs = Math.round(HOUR_MS / Math.max(PER_HOUR.min, deps.vehicles * PER_HOUR.perVehicle));
  const usable = assortment.all.filter(({ fate }) => fate === "healthy" || fate === "over");
  const used = usable.filter(({ material }) => material.type === "ROH" || material.type === "HALB");

  const kinds = [
    relocate,
    use,
    inspect,
    block,
    unblock,
    scrap,
    count,
    sellAndTakeBack,
    noteOnly,
    use,
    relocate,
    inspect,
  ];
  let turn = 0;

  function begin(): void {
    const tick = (now: number) => {
      kinds[turn++ % kinds.length]!(now);
      schedule(now + Math.round(everyMs * random.between(0.5, 1.5)), tick);
    };
    if (usable.length > 0) schedule(openingAt(FIRST_MS), tick);
  }

  /** A small part of what is there, at most a share of a day's use; zero if nothing can be spared. */
  function some(position: Position, share: number): number {
    const { material, site, perDay, committed } = position;
    const there = ledger.unrestricted(material, site.siteId, MAIN_LOCATION) - committed;
    return Math.floor(Math.min(there / 2, perDay * share * random.between(0.5, 1.5)) / THOUSAND) * THOUSAND;
  }

  const lineOf = (
    { material, site }: Position,
    line: Pick<MovementLine, "type" | "adds" | "quantity"> & Partial<MovementLine>,
  ): MovementLine => ({ material, site: site.siteId, location: MAIN_LOCATION, stockType: "unrestricted", ...line });

  function relocate(now: number): void {
    const position = random.pick(usable);
    const quantity = some(position, 0.3);
    if (quantity <= 0) return;
    const moved = { type: "311", quantity, reference: { UMWRK: position.site.siteId, UMLGO: PICK_LOCATION } };
    const taken = lineOf(position, { ...moved, adds: false });
    ledger.post([taken, lineOf(position, { ...moved, adds: true, location: PICK_LOCATION, isAutomatic: true })], now);
  }

  function use(now: number): void {
    const position = random.pick(used.length > 0 ? used : usable);
    const quantity = some(position, 0.2);
    if (quantity <= 0) return;
    const reference = { AUFNR: String(1_000_000 + random.whole(0, 9_000_000)).padStart(12, "0") };
    ledger.post([lineOf(position, { type: "261", adds: false, quantity, reference })], now);
  }

  /** The first place found from a random one on that has stock of this kind. */
  function placeWith(stockType: "qualityInspection" | "blocked"): StockPlace | null {
    const places = [...ledger.places()].filter(({ quantities }) => quantities[stockType] > 0);
    return places.length > 0 ? random.pick(places) : null;
  }

  function inspect(now: number): void {
    const place = placeWith("qualityInspection");
    if (!place) return;
    const { material, site, location, quantities } = place;
    const line = { type: "321", material, site, location, quantity: quantities.qualityInspection };
    ledger.post(
      [
        { ...line, stockType: "qualityInspection", adds: false },
        { ...line, stockType: "unrestricted", adds: true, isAutomatic: true },
      ],
      now,
    );
  }

  function block(now: number): void {
    const position = random.pick(usable);
    const quantity = some(position, 0.1);
    if (quantity <= 0) return;
    const taken = lineOf(position, { type: "344", adds: false, quantity });
    ledger.post([taken, { ...taken, adds: true, stockType: "blocked", isAutomatic: true }], now);
  }

  function unblock(now: number): void {
    const place = placeWith("blocked");
    if (!place) return;
    const { material, site, location, quantities } = place;
    const line = { type: "343", material, site, location, quantity: quantities.blocked };
    ledger.post(
      [
        { ...line, stockType: "blocked", adds: false },
        { ...line, stockType: "unrestricted", adds: true, isAutomatic: true },
      ],
      now,
    );
  }

  function scrap(now: number): void {
    const position = random.pick(usable);
    const quantity = some(position, 0.03);
    if (quantity > 0) ledger.post([lineOf(position, { type: "551", adds: false, quantity })], now);
  }

  function count(now: number): void {
    const position = random.pick(usable);
    const quantity = some(position, 0.02);
    const isMore = random.chance(0.5);
    if (quantity > 0) ledger.post([lineOf(position, { type: isMore ? "701" : "702", adds: isMore, quantity })], now);
  }

  /** Sold at the gate, and for half of it taken back: a reversal names the document it undoes. */
  function sellAndTakeBack(now: number): void {
    const position = random.pick(usable);
    const quantity = some(position, 0.1);
    if (quantity <= 0) return;
    const document = ledger.post([lineOf(position, { type: "601", adds: false, quantity })], now);
    if (random.chance(0.4)) return;
    const reference = { SMBLN: document, SMBLP: "0001", SJAHR: sapDate(now).slice(0, 4) };
    schedule(now + Math.round(random.between(3, 15) * MINUTE_MS), (later) => {
      ledger.post([lineOf(position, { type: "602", adds: true, quantity, reference })], later);
    });
  }

  /** A row that is no movement: whoever adds it counts double. */
  function noteOnly(now: number): void {
    const position = random.pick(usable);
    const line = lineOf(position, { type: "601", adds: false, quantity: position.perDay });
    ledger.note(line, random.pick(["MDOC_CP", "MIG_DELTA", "ARC_DELTA", "PERFY"]), now);
  }

  return { begin };
}
