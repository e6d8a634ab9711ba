import { THOUSAND } from "../documents/quantities.ts";
import type { Random } from "../random.ts";
import { isOrigin, type SimulatedSite } from "../sites.ts";
import type { Material } from "./materials.ts";

/** How a position is doing when the world begins; whoever looks after stock leaves the bad ones as they are for long. */
export type Fate = "healthy" | "low" | "below" | "out" | "over";

/** One material at one site. Quantities are thousandths of the base unit. */
export type Position = {
  material: Material;
  site: SimulatedSite;
  fate: Fate;
  perDay: number;
  safety: number;
  reorder: number;
  maximum: number;
  /** Unrestricted stock that the world is to begin with. */
  opening: number;
  /** What left before the world began, and is told as having left. */
  issuedBefore: number;
  /** What stands ready for trucks and is not issued yet. */
  committed: number;
  /** What is ordered and has not come. */
  onOrder: number;
};

export const MAIN_LOCATION = "0001";
export const PICK_LOCATION = "0002";

/** What a line of a delivery has on average, in base units. */
const LINE_UNITS = { min: 2, max: 40, of: 12 };
/** Whole sales units of a line, drawn. */
export const drawUnits = ({ perSalesUnit }: Material, random: Random): number =>
  Math.max(1, Math.round((random.whole(LINE_UNITS.min, LINE_UNITS.max) * LINE_UNITS.of) / perSalesUnit));
const LINE_UNITS_MEAN = ((LINE_UNITS.min + LINE_UNITS.max) / 2) * LINE_UNITS.of;

const SITES_PER_MATERIAL = 3;
/** Loads of one vehicle a day, and what shares of them go to customers and to other sites. */
const LOADS_PER_DAY = 1.9;
const SALE_SHARE = 0.43;
const LINES_PER_SALE = 1.35;
const FATES: readonly [Fate, number][] = [
  ["out", 0.015],
  ["below", 0.035],
  ["low", 0.11],
  ["over", 0.035],
];
const COVER_DAYS = { healthy: [45, 75], low: [8, 26], over: [130, 180] } as const;

export type Assortment = ReturnType<typeof createAssortment>;

/** What is kept where: core materials everywhere, each other one at some sites. */
export function createAssortment(deps: {
  vehicles: number;
  materials: readonly Material[];
  sites: readonly SimulatedSite[];
  random: Random;
}) {
  const { materials, random } = deps;
  const origins = deps.sites.filter(isOrigin);
  const kept = materials.filter(({ isObsolete }) => !isObsolete);
  const coreCount = kept.filter(({ isCore }) => isCore).length;
  const othersPerSite = ((kept.length - coreCount) * SITES_PER_MATERIAL) / origins.length;
  const loads = (deps.vehicles * LOADS_PER_DAY) / origins.length;
  const soldPerDay = (loads * SALE_SHARE * LINES_PER_SALE * LINE_UNITS_MEAN) / (coreCount + othersPerSite);
  const movedPerDay = (loads * (1 - SALE_SHARE) * LINE_UNITS_MEAN) / coreCount;
  const bySite = new Map<SimulatedSite, Position[]>(deps.sites.map((site) => [site, []]));
  const all: Position[] = [];

  function add(material: Material, site: SimulatedSite): void {
    const perDay = soldPerDay + (material.isCore ? movedPerDay : 0);
    const position = aPosition(material, site, perDay * random.between(0.8, 1.2), random);
    all.push(position);
    bySite.get(site)!.push(position);
  }

  kept.forEach((material, index) => {
    const homes = material.isCore ? origins : homesOf(origins, index);
    for (const site of homes) add(material, site);
  });

  /** Positions at both sites, of one material: what can be moved from the one to the other. */
  function shared(from: SimulatedSite, to: SimulatedSite): { source: Position; target: Position }[] {
    const targets = new Map(bySite.get(to)!.map((position) => [position.material, position]));
    return bySite.get(from)!.flatMap((source) => {
      const target = targets.get(source.material);
      return target ? [{ source, target }] : [];
    });
  }

  return { all, materials, at: (site: SimulatedSite): readonly Position[] => bySite.get(site)!, shared };
}

const homesOf = (origins: readonly SimulatedSite[], index: number): SimulatedSite[] =>
  Array.from({ length: SITES_PER_MATERIAL }, (_, home) => origins[(index * 7 + home * 13) % origins.length]!);

function aPosition(material: Material, site: SimulatedSite, unitsPerDay: number, random: Random): Position {
  const perDay = Math.max(1, Math.round(unitsPerDay)) * THOUSAND;
  const fate = fateOf(random);
  const safety = Math.round(random.between(4, 7)) * perDay;
  const opening = openingOf(fate, perDay, safety, random);
  return {
    material,
    site,
    fate,
    perDay,
    safety,
    reorder: safety + Math.round(random.between(4, 8)) * perDay,
    maximum: safety + 95 * perDay,
    opening: Math.floor(opening / THOUSAND) * THOUSAND,
    issuedBefore: 0,
    committed: 0,
    onOrder: 0,
  };
}

function fateOf(random: Random): Fate {
  let roll = random.next();
  for (const [fate, share] of FATES) {
    if (roll < share) return fate;
    roll -= share;
  }
  return "healthy";
}

function openingOf(fate: Fate, perDay: number, safety: number, random: Random): number {
  if (fate === "out") return 0;
  if (fate === "below") return safety * random.between(0.3, 0.9);
  const [least, most] = COVER_DAYS[fate];
  return safety + perDay * random.between(least, most);
}
