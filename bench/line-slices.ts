import { setTimeout as delay } from "node:timers/promises";
import { READINGS_TOPIC } from "../server/contracts/topics.ts";
import type { BenchSize } from "./bench-size.ts";
import { Child } from "./child.ts";
import { FLEET } from "./load.ts";
import { processorS } from "./processor-time.ts";
import { aResult, type BenchResult } from "./results.ts";
import { openViewers, startLoad } from "./scene.ts";
import { startServices } from "./services.ts";
import { towerEnvironment } from "./tower-process.ts";
import { TWENTY_VIEWS } from "./views.ts";

const PLANS = {
  full: { vehicles: FLEET, records: 6_000_000, slices: 5, towerMs: 4_000, bareMs: 3_000 },
  quick: { vehicles: FLEET, records: 3_000_000, slices: 2, towerMs: 4_000, bareMs: 3_000 },
  tiny: { vehicles: 5_000, records: 150_000, slices: 1, towerMs: 500, bareMs: 500 },
};
/** After an order the figures may be this old, and a chunk may still be on its way. */
const SETTLE_MS = 1_200;
const RATIO_MAX = 1.2;
const RATE_MIN = 50_000;

type Sum = { records: number; cpuS: number; seconds: number };

/**
 * The whole tower against the bare client, on one filled topic, in alternating slices of one run: so that whatever else
 * the machine does meets both.
 */
export async function benchSlices(size: BenchSize): Promise<BenchResult[]> {
  const plan = PLANS[size];
  const ends: (() => Promise<void>)[] = [];
  try {
    const services = await startServices();
    ends.push(services.stop);
    const environment = await towerEnvironment(services);
    const tower = new Child("tower", {}, environment);
    ends.push(() => tower.end());
    await tower.ready();
    await tower.ask("wait");
    const load = await startLoad(services, plan.vehicles, ends);
    console.log(`filling ${plan.records} readings of ${plan.vehicles} vehicles`);
    await load.fill(plan.records);
    const bare = new Child("bare", { broker: services.broker, topic: READINGS_TOPIC });
    ends.push(() => bare.end());
    await bare.ready();
    await openViewers({ tower: { web: `http://127.0.0.1:${environment.PORT}` }, views: TWENTY_VIEWS, ends });
    return report(await inTurn({ tower, bare, plan }));
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

type Rivals = { tower: Child; bare: Child; plan: (typeof PLANS)[BenchSize] };

async function inTurn({ tower, bare, plan }: Rivals): Promise<{ tower: Sum; bare: Sum }> {
  const sums = { tower: nothing(), bare: nothing() };
  for (let slice = 0; slice <= plan.slices; slice++) {
    const [ofTower, ofBare] = [await oneSlice(tower, plan.towerMs), await oneSlice(bare, plan.bareMs)];
    console.log(
      `slice ${slice}${slice === 0 ? " (warming up)" : ""}: tower ${words(ofTower)}; bare client ${words(ofBare)}`,
    );
    if (slice === 0) continue;
    add(sums.tower, ofTower);
    add(sums.bare, ofBare);
  }
  if (sums.tower.records === 0 || sums.bare.records === 0)
    throw new Error("one of the rivals read nothing: the topic was too short for these slices");
  return sums;
}

async function oneSlice(rival: Child, ms: number): Promise<Sum> {
  const [before, cpuBeforeS] = [await rival.ask<number>("say"), processorS(rival.pid)];
  const startedAt = performance.now();
  await rival.ask("go");
  await delay(ms);
  await rival.ask("wait");
  const seconds = (performance.now() - startedAt) / 1000;
  await delay(SETTLE_MS);
  const after = await rival.ask<number>("say");
  return { records: after - before, cpuS: processorS(rival.pid) - cpuBeforeS, seconds };
}

function report({ tower, bare }: { tower: Sum; bare: Sum }): BenchResult[] {
  return [
    aResult({
      name: "line",
      what: "processor seconds per million readings of the whole tower catching up, in slices that alternate with the bare client (bound: 1.2 times the ceiling, the bare client)",
      figure: perMillion(tower),
      unit: "CPU-s",
      bound: RATIO_MAX * perMillion(bare),
      better: "lower",
      ceiling: perMillion(bare),
    }),
    aResult({
      name: "line",
      what: "readings a second of the whole tower in the same slices (ceiling: bare client)",
      figure: tower.records / tower.seconds,
      unit: "records/s",
      bound: RATE_MIN,
      better: "higher",
      ceiling: bare.records / bare.seconds,
    }),
  ];
}

const nothing = (): Sum => ({ records: 0, cpuS: 0, seconds: 0 });
const perMillion = ({ cpuS, records }: Sum): number => cpuS / (records / 1e6);
const words = (sum: Sum): string =>
  `${Math.round(sum.records / sum.seconds)} records/s, ${perMillion(sum).toFixed(2)} CPU-s per million`;

function add(sum: Sum, more: Sum): void {
  sum.records += more.records;
  sum.cpuS += more.cpuS;
  sum.seconds += more.seconds;
}
