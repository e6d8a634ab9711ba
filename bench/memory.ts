import { setTimeout as delay } from "node:timers/promises";
import type { BenchSize } from "./bench-size.ts";
import { residentBytes } from "./processor-time.ts";
import { aResult, type BenchResult } from "./results.ts";
import { growth } from "./samples.ts";
import { withScene } from "./scene.ts";
import { TWENTY_VIEWS } from "./views.ts";

type Plan = { vehicles: number; rate: number; seconds: number; warmUpS: number; sampleEveryS: number };
const PLANS: Record<BenchSize, Plan> = {
  full: { vehicles: 400_000, rate: 22_000, seconds: 1_800, warmUpS: 120, sampleEveryS: 1 },
  quick: { vehicles: 400_000, rate: 22_000, seconds: 120, warmUpS: 60, sampleEveryS: 1 },
  tiny: { vehicles: 20_000, rate: 2_000, seconds: 5, warmUpS: 2, sampleEveryS: 0.5 },
};
const GIGABYTES_MAX = 1.5;
/** What the collector leaves at one time and takes at another is more than this only when something is kept. */
const GROWTH_MB_MAX = 50;
const WORDS_EVERY = 60;

/** What the tower takes with a large fleet that sends all the time, and twenty people who look. */
export async function benchMemory(size: BenchSize): Promise<BenchResult[]> {
  const plan = PLANS[size];
  const samples = await withScene(plan, async ({ tower, load, open }) => {
    await open(TWENTY_VIEWS);
    await load.begin(plan.rate);
    await delay(plan.warmUpS * 1000);
    const resident: number[] = [];
    for (const sinceMs = performance.now(); performance.now() - sinceMs < plan.seconds * 1000; ) {
      resident.push(residentBytes(tower.pid));
      if (resident.length % WORDS_EVERY === 0) console.log(`${megabytes(resident.at(-1)!)} MB`);
      await delay(plan.sampleEveryS * 1000);
    }
    await load.stop();
    return resident;
  });
  const minutes = Math.round(plan.seconds / 60);
  return [
    aResult({
      name: "memory",
      what: `resident memory of the tower with ${plan.vehicles.toLocaleString("en")} vehicles, the most within ${minutes} minutes`,
      figure: Math.max(...samples) / 1e9,
      ...{ unit: "GB", bound: GIGABYTES_MAX, better: "lower", ceiling: null },
    }),
    aResult({
      name: "memory",
      what: `its growth in these ${minutes} minutes (last third against first third)`,
      figure: growth(samples) / 1e6,
      ...{ unit: "MB", bound: GROWTH_MB_MAX, better: "lower", ceiling: null },
    }),
  ];
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
