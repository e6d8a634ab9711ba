import { setTimeout as delay } from "node:timers/promises";
import type { BenchSize } from "./bench-size.ts";
import { FLEET } from "./load.ts";
import { aResult, type BenchResult } from "./results.ts";
import { withScene } from "./scene.ts";
import { TWENTY_VIEWS } from "./views.ts";

const PLANS: Record<BenchSize, { vehicles: number; rate: number; seconds: number; warmUpS: number }> = {
  full: { vehicles: FLEET, rate: 22_000, seconds: 120, warmUpS: 20 },
  quick: { vehicles: FLEET, rate: 22_000, seconds: 20, warmUpS: 15 },
  tiny: { vehicles: 5_000, rate: 2_000, seconds: 5, warmUpS: 4 },
};
const P50_MS_MAX = 300;
const P99_MS_MAX = 1_000;

/**
 * From a record to the socket at ten times Penske's rate. Some readings are sentinels: their vehicle stops or goes, and
 * is measured at each socket that looks at it, from when the reading was sent until its new mark is there.
 */
export async function benchLatency(size: BenchSize): Promise<BenchResult[]> {
  const plan = PLANS[size];
  const { markDelayMs: spread } = await withScene(plan, async ({ load, open }) => {
    const viewers = await open(TWENTY_VIEWS, { watchMarks: true });
    await load.begin(plan.rate);
    await delay(plan.warmUpS * 1000);
    await viewers.take();
    await delay(plan.seconds * 1000);
    const seen = await viewers.take();
    await load.stop();
    return seen;
  });
  if (spread.count === 0) throw new Error("no socket saw a vehicle change its mark");
  console.log(`${spread.count} new marks seen; the slowest took ${spread.max} ms`);
  const shared = { name: "latency", unit: "ms", better: "lower", ceiling: null } as const;
  const what = `from record to socket at ${plan.rate.toLocaleString("en")} readings a second`;
  return [
    aResult({ ...shared, what: `${what}, half of them within`, figure: spread.p50, bound: P50_MS_MAX }),
    aResult({ ...shared, what: `${what}, 99 of 100 within`, figure: spread.p99, bound: P99_MS_MAX }),
  ];
}
