import type { Books } from "../documents/books.ts";
import type { Schedule } from "../documents/paperwork.ts";
import { quantityText, THOUSAND } from "../documents/quantities.ts";
import type { Registry } from "../documents/registry.ts";
import {
  createPurchaseOrder,
  isReceived,
  type PurchaseLine,
  type PurchaseOrder,
  purchaseRows,
} from "../orders/purchase-order.ts";
import type { Random } from "../random.ts";
import type { Ledger } from "./ledger.ts";
import { type Assortment, MAIN_LOCATION, type Position } from "./positions.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const SECOND_MS = 1000;
const CHECK_EVERY_MS = 12 * HOUR_MS;
const BOUGHT_PER_VEHICLE = 0.06;
const BOUGHT_MIN = 5;
const TOLD_MS = { from: 40 * SECOND_MS, to: 70 * SECOND_MS };
/** Less than so many days of use above safety stock calls for a lot of so many days. */
const ENOUGH_DAYS = 38;
const LOT_DAYS = 8;

/** Keeps stock coming: plants make what they lack, other sites buy it from suppliers. */
export function createReplenishment(deps: {
  startMs: number;
  /** The moment so long after the beginning, told at the pace of this company. */
  openingAt(ms: number): number;
  vehicles: number;
  assortment: Assortment;
  ledger: Ledger;
  books: Books;
  purchases: Registry<PurchaseOrder>;
  random: Random;
  schedule: Schedule;
  takeNumber(timeMs: number): string;
}) {
  const { startMs, openingAt, assortment, ledger, books, purchases, random, schedule } = deps;

  function begin(): void {
    const count = Math.max(BOUGHT_MIN, Math.round(deps.vehicles * BOUGHT_PER_VEHICLE));
    const wanting = assortment.all.filter(({ site, fate }) => site.kind !== "plant" && fate !== "over");
    for (let index = 0; index < count && wanting.length > 0; index++) {
      const isSoon = random.chance(0.12);
      const isOverdue = random.chance(0.08);
      const days = isOverdue
        ? random.between(-2.5, -0.5)
        : isSoon
          ? random.between(0.01, 0.1)
          : random.between(0.2, 12);
      const order = make(random.pick(wanting), startMs - 3 * deps.vehicles, startMs + days * DAY_MS);
      const toldMs = openingAt(TOLD_MS.from + ((TOLD_MS.to - TOLD_MS.from) * index) / count);
      schedule(toldMs, (now) => books.load(purchaseRows(order), now));
      arrange(order, isOverdue ? startMs + random.between(0.05, 2) * DAY_MS : order.dueMs);
    }
    const everyMs = Math.max(500, Math.round(CHECK_EVERY_MS / Math.max(1, assortment.all.length)));
    let next = 0;
    const check = (now: number) => {
      look(assortment.all[next++ % assortment.all.length]!, now);
      schedule(now + everyMs, check);
    };
    schedule(openingAt(120 * SECOND_MS), check);
  }

  function make(position: Position, numberMs: number, dueMs: number): PurchaseOrder {
    const number = deps.takeNumber(numberMs);
    const quantity = lotOf(position, random);
    const createdMs = Math.min(numberMs, dueMs - 6 * DAY_MS);
    const order = createPurchaseOrder({
      number,
      supplyingSite: null,
      wanted: [{ position, quantity }],
      createdMs,
      dueMs,
    });
    position.onOrder += quantity;
    purchases.add(number, order);
    return order;
  }

  /** One position after the other: is there enough for the coming weeks? Those that are badly off stay so. */
  function look(position: Position, timeMs: number): void {
    const { material, site, perDay, safety, onOrder, fate, committed } = position;
    if (fate !== "healthy" && fate !== "low") return;
    const stock = ledger.unrestricted(material, site.siteId, MAIN_LOCATION) - committed;
    const days = fate === "low" ? 2 : ENOUGH_DAYS;
    if (stock + onOrder > safety + days * perDay) return;
    if (site.kind === "plant") makeHere(position, timeMs);
    else buy(position, timeMs);
  }

  function buy(position: Position, timeMs: number): void {
    const dueMs = timeMs + random.between(0.5, 4) * DAY_MS;
    const order = make(position, timeMs, dueMs);
    books.insert(purchaseRows(order), timeMs);
    arrange(order, dueMs);
  }

  function makeHere(position: Position, timeMs: number): void {
    const { material, site } = position;
    const made = { material, site: site.siteId, location: MAIN_LOCATION, stockType: "unrestricted" as const };
    const reference = { AUFNR: String(1_000_000 + (Math.floor(timeMs / 1000) % 9_000_000)).padStart(12, "0") };
    ledger.post([{ ...made, type: "101", adds: true, quantity: lotOf(position, random), reference }], timeMs);
  }

  /** When the supplier comes: all at once or in two parts, or not at all because the line was taken back. */
  function arrange(order: PurchaseOrder, arrivesMs: number): void {
    const [line] = order.lines;
    const atMs = Math.round(Math.max(arrivesMs, openingAt(TOLD_MS.to + 20 * SECOND_MS)));
    if (random.chance(0.03)) {
      schedule(atMs, (now) => withdraw(order, line!, now));
      return;
    }
    const first = random.chance(0.3) ? Math.round((line!.quantity * 0.6) / THOUSAND) * THOUSAND : line!.quantity;
    schedule(atMs, (now) => receive(order, line!, first, now));
    if (first === line!.quantity) return;
    const laterMs = atMs + Math.round(random.between(0.3, 6) * HOUR_MS);
    schedule(laterMs, (now) => receive(order, line!, line!.quantity - first, now));
  }

  function receive(order: PurchaseOrder, line: PurchaseLine, quantity: number, timeMs: number): void {
    const { material, site } = line.position;
    const reference = { EBELN: order.number, EBELP: line.line, LIFNR: order.supplier };
    const stockType = random.chance(0.1) ? "qualityInspection" : "unrestricted";
    const place = { material, site: site.siteId, location: MAIN_LOCATION };
    ledger.post([{ ...place, type: "101", stockType, adds: true, quantity, reference }], timeMs);
    line.received += quantity;
    line.position.onOrder -= quantity;
    books.update(line.schedule, { WEMNG: quantityText(line.received) }, timeMs);
    if (line.received >= line.quantity) books.update(line.item, { ELIKZ: "X" }, timeMs);
    if (isReceived(order)) purchases.close(order.number);
  }

  function withdraw(order: PurchaseOrder, line: PurchaseLine, timeMs: number): void {
    line.isDeleted = true;
    line.position.onOrder -= line.quantity;
    books.update(line.item, { LOEKZ: "L" }, timeMs);
    purchases.close(order.number);
  }

  return { begin };
}

const lotOf = ({ perDay }: Position, random: Random): number =>
  Math.max(1, Math.round((perDay * LOT_DAYS * random.between(0.7, 1.3)) / THOUSAND)) * THOUSAND;
