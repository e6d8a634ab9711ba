import { type SiteStock, STOCK_HEALTHS, type StockHealth, type StockPosition } from "../contracts/stock.ts";
import type { PositionFilter, PositionPage, PositionPlace, PositionSort } from "../services/stock/inventory-index.ts";

const COVER_UNKNOWN = Number.MAX_SAFE_INTEGER;

/** What a list is ordered by; the id comes last, so that every position has one place. */
const KEYS: Record<PositionSort, (position: StockPosition) => (string | number)[]> = {
  risk: ({ health, coverDays }) => [STOCK_HEALTHS.indexOf(health), coverDays ?? COVER_UNKNOWN],
  cover: ({ coverDays }) => [coverDays ?? COVER_UNKNOWN],
  material: ({ text, materialDisplay, site }) => [(text ?? materialDisplay).toLowerCase(), materialDisplay, site],
  site: ({ site, health, coverDays }) => [site, STOCK_HEALTHS.indexOf(health), coverDays ?? COVER_UNKNOWN],
  on_hand: ({ onHand }) => [onHand === null ? COVER_UNKNOWN : -Number(onHand)],
};

type Options = { sort: PositionSort; after: PositionPlace | null; limit: number };

/** One page of the positions that fit, in order. `siteNames` lets a search find a site by its name. */
export function findPositions(
  positions: Iterable<StockPosition>,
  filter: PositionFilter,
  { sort, after, limit }: Options,
  siteNames: ReadonlyMap<string, string>,
): PositionPage {
  const counts = noCounts();
  const found: Place[] = [];
  const fits = fitsOf(filter, siteNames);
  const healths = filter.health && filter.health.length > 0 ? new Set(filter.health) : null;
  for (const position of positions) {
    if (!fits(position)) continue;
    counts[position.health] += 1;
    if (healths && !healths.has(position.health)) continue;
    const place = { key: KEYS[sort](position), id: position.id, position };
    if (after === null || comparePlaces(place, after) > 0) found.push(place);
  }
  found.sort(comparePlaces);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ position }) => position),
    next: last && found.length > limit ? { key: last.key, id: last.id } : null,
    counts,
  };
}

type Place = PositionPlace & { position: StockPosition };

function comparePlaces(one: PositionPlace, other: PositionPlace): number {
  for (const [index, value] of one.key.entries()) {
    const difference = compare(value, other.key[index] ?? value);
    if (difference !== 0) return difference;
  }
  return compare(one.id, other.id);
}

/** By code units: the same order on every machine, whatever its locale. */
function compare(one: string | number, other: string | number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function fitsOf({ site, material, q }: PositionFilter, siteNames: ReadonlyMap<string, string>) {
  const wanted = q?.trim().toLowerCase() ?? "";
  return (position: StockPosition): boolean => {
    if (site !== undefined && position.site !== site) return false;
    if (material !== undefined && position.material !== material && position.materialDisplay !== material) return false;
    if (wanted === "") return true;
    const words = [position.materialDisplay, position.text ?? "", position.site, siteNames.get(position.site) ?? ""];
    return words.some((word) => word.toLowerCase().includes(wanted));
  };
}

const noCounts = () => Object.fromEntries(STOCK_HEALTHS.map((health) => [health, 0])) as Record<StockHealth, number>;

/** Each site by the worst of its materials, ascending by id. */
export function siteStocks(positions: Iterable<StockPosition>): SiteStock[] {
  const bySite = new Map<string, Record<StockHealth, number>>();
  for (const { site, health } of positions) {
    const counts = bySite.get(site) ?? noCounts();
    counts[health] += 1;
    bySite.set(site, counts);
  }
  return [...bySite.entries()]
    .sort(([one], [other]) => compare(one, other))
    .map(([site, counts]) => ({ site, health: worstOf(counts), counts }));
}

/** A site with some uncounted materials is as healthy as those that were counted. */
function worstOf(counts: Record<StockHealth, number>): StockHealth {
  const [worst] = STOCK_HEALTHS.filter((health) => health !== "unknown" && counts[health] > 0);
  return worst ?? "unknown";
}
