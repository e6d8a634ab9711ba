import { setTimeout as delay } from "node:timers/promises";
import type { BenchSize } from "./bench-size.ts";
import { FLEET } from "./load.ts";
import { processorS, threadS } from "./processor-time.ts";
import { aResult, type BenchResult } from "./results.ts";
import { withScene } from "./scene.ts";
import { TOWER_KEY } from "./tower-process.ts";
import { type Seen, SOCKETS_PER_KEY } from "./viewers.ts";
import { type View, viewsAt } from "./views.ts";

type Plan = { vehicles: number; rate: number; sockets: number; seconds: number; warmUpS: number };
const PLANS: Record<BenchSize, Plan> = {
  full: { vehicles: FLEET, rate: 22_000, sockets: 1_000, seconds: 120, warmUpS: 20 },
  quick: { vehicles: FLEET, rate: 22_000, sockets: 1_000, seconds: 20, warmUpS: 15 },
  tiny: { vehicles: 5_000, rate: 2_000, sockets: 50, seconds: 5, warmUpS: 4 },
};
/** Of five people one looks at a region, the others at a city and what is around it; each at another place. */
const REGION_ZOOM = 7;
const CITY_ZOOM = 9;
const REGION_SHARE = 0.2;

const DELAY_P95_MS_MAX = 250;
/** Four, less what the rounding of a timer takes. */
const FRAMES_A_SECOND_MIN = 3.9;

/** Many people at once, each with a view of their own, while the fleet sends at ten times Penske's rate. */
export async function benchSockets(size: BenchSize): Promise<BenchResult[]> {
  const plan = PLANS[size];
  const seen = await withScene(plan, async ({ tower, load, open }) => {
    await load.begin(plan.rate);
    const keys = await makeKeys(tower.web, Math.ceil(plan.sockets / SOCKETS_PER_KEY));
    const viewers = await open(viewsOf(plan.sockets), { keys });
    console.log(`${plan.sockets} sockets are open`);
    await delay(plan.warmUpS * 1000);
    await viewers.take();
    const [webBeforeS, allBeforeS] = [threadS(tower.pid, tower.pid), processorS(tower.pid)];
    await delay(plan.seconds * 1000);
    const seen = await viewers.take();
    const webS = (threadS(tower.pid, tower.pid) - webBeforeS) / seen.seconds;
    const allS = (processorS(tower.pid) - allBeforeS) / seen.seconds;
    console.log(`of a processor the tower takes ${allS.toFixed(2)}, its web thread ${webS.toFixed(2)}`);
    await load.stop();
    return seen;
  });
  if (seen.frameDelayMs.count === 0) throw new Error("no socket was sent a frame");
  console.log(wordsOf(seen, plan.sockets));
  return report(seen, plan);
}

const viewsOf = (sockets: number): View[] => {
  const regions = Math.round(sockets * REGION_SHARE);
  return [...viewsAt(REGION_ZOOM, regions), ...viewsAt(CITY_ZOOM, sockets - regions)];
};

function report(seen: Seen, { sockets, rate }: Plan): BenchResult[] {
  const what = `${sockets.toLocaleString("en")} sockets with views of their own at ${rate.toLocaleString("en")} readings a second`;
  return [
    aResult({
      name: "sockets",
      what: `${what}: delay of a frame, 95 of 100 within`,
      ...{ figure: seen.frameDelayMs.p95, unit: "ms", bound: DELAY_P95_MS_MAX, better: "lower", ceiling: null },
    }),
    aResult({
      name: "sockets",
      what: `${what}: frames a second and socket`,
      figure: seen.frames / seen.seconds / sockets,
      ...{ unit: "frames/s", bound: FRAMES_A_SECOND_MIN, better: "higher", ceiling: null },
    }),
    aResult({
      name: "sockets",
      what: `${what}: connections lost, and pictures sent again because somebody did not keep up`,
      figure: seen.lostConnections + seen.snapshots,
      ...{ unit: "", bound: 0, better: "lower", ceiling: null },
    }),
  ];
}

function wordsOf({ frames, bytes, seconds, frameDelayMs }: Seen, sockets: number): string {
  const { p50, p95, p99, max } = frameDelayMs;
  const each = (bytes / frames / 1000).toFixed(1);
  return `${(frames / seconds / sockets).toFixed(2)} frames a second and socket, ${each} kB each, ${(bytes / seconds / 1e6).toFixed(1)} MB/s; delay p50 ${p50}, p95 ${p95}, p99 ${p99}, at most ${max} ms`;
}

/** One person may hold twenty connections, so that many people are needed. */
async function makeKeys(web: string, count: number): Promise<string[]> {
  const keys: string[] = [];
  for (let number = 1; number <= count; number++) {
    const response = await fetch(`${web}/api/v1/api-keys`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOWER_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ name: `bench ${number}`, role: "planner", expiresInDays: 1 }),
    });
    if (!response.ok) throw new Error(`a key was refused with ${response.status}: ${await response.text()}`);
    keys.push(((await response.json()) as { key: string }).key);
  }
  return keys;
}
