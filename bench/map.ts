import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright-core";
import type { FleetHandle } from "../components/map/fleet-handle.ts";
import { CHROMIUM_FLAGS } from "../scripts/lib/chromium-flags.mjs";
import type { BenchSize } from "./bench-size.ts";
import { mainThreadMs } from "./main-thread.ts";
import { AREA } from "./reading.ts";
import { aResult, type BenchResult } from "./results.ts";
import { withScene } from "./scene.ts";
import { TOWER_ADMIN } from "./tower-process.ts";

type Plan = { vehicles: number; rate: number; seconds: number; warmUpS: number };
const PLANS: Record<BenchSize, Plan> = {
  full: { vehicles: 400_000, rate: 22_000, seconds: 60, warmUpS: 40 },
  quick: { vehicles: 400_000, rate: 22_000, seconds: 15, warmUpS: 25 },
  tiny: { vehicles: 20_000, rate: 4_000, seconds: 5, warmUpS: 5 },
};
/** What changes between two frames at 22,000 readings and four frames a second. */
const CHANGES_A_FRAME = 5_500;
const MS_A_FRAME_MAX = 4;

/** The lowest zoom at which each vehicle is drawn for itself, on a screen that holds all of them. */
const ZOOM = 5;
const SCREEN = { width: 1_440, height: 900 };
const PICTURE_MS_MAX = 180_000;
type Measured = { ms: number; seconds: number; frames: number; told: number };

/**
 * The fleet page of the whole product in a browser, with a large fleet of which all are in view. What the changes cost
 * is all that the page's main thread does while they come (messages, buffers, drawing, lists), less what the same page
 * does in the same time while nothing changes.
 */
export async function benchMap(size: BenchSize): Promise<BenchResult[]> {
  const plan = PLANS[size];
  const executablePath = process.env.CHROMIUM_PATH;
  if (!executablePath) throw new Error("CHROMIUM_PATH must name a Chromium; npm run bench finds one");
  const { still, moving } = await withScene(plan, async ({ tower, load }) => {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
    try {
      const page = await openFleet(browser, tower.web);
      await untilDrawn(page, plan.vehicles);
      await delay(plan.warmUpS * 1000);
      const still = await measure(browser, page, plan.seconds);
      await load.begin(plan.rate);
      await delay(plan.warmUpS * 1000);
      const moving = await measure(browser, page, plan.seconds);
      await load.stop();
      return { still, moving };
    } finally {
      await browser.close();
    }
  });
  if (moving.told === 0) throw new Error("the page was told of no change");
  console.log(`nothing moving: ${wordsOf(still)}\nmoving: ${wordsOf(moving)}`);
  const changesMs = (moving.ms / moving.seconds - still.ms / still.seconds) * moving.seconds;
  return [
    aResult({
      name: "map",
      what: `processor time of the page's main thread for a frame of ${CHANGES_A_FRAME.toLocaleString("en")} changes, ${plan.vehicles.toLocaleString("en")} vehicles drawn`,
      figure: changesMs / (moving.told / CHANGES_A_FRAME),
      ...{ unit: "ms", bound: MS_A_FRAME_MAX, better: "lower", ceiling: null },
    }),
  ];
}

async function openFleet(browser: Browser, web: string): Promise<Page> {
  const page = await browser.newPage({ viewport: SCREEN });
  const center = [(AREA.west + AREA.east) / 2, (AREA.south + AREA.north) / 2].join(",");
  await page.goto(`${web}/sign-in?next=${encodeURIComponent(`/fleet?map=${center},${ZOOM}`)}`);
  await page.getByLabel("E-mail").fill(TOWER_ADMIN.email);
  await page.getByRole("textbox", { name: "Password" }).fill(TOWER_ADMIN.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/fleet/);
  return page;
}

const handleOf = (page: Page) =>
  page.evaluate(() => {
    const handle = (window as { __fleet?: FleetHandle }).__fleet;
    return { vehicles: handle?.ready ? handle.vehicles : 0, ...(handle?.metrics ?? { frames: 0, vehiclesTold: 0 }) };
  });

async function untilDrawn(page: Page, vehicles: number): Promise<void> {
  for (const sinceMs = performance.now(); ; await delay(500)) {
    const { vehicles: drawn } = await handleOf(page);
    if (drawn >= vehicles) return;
    if (performance.now() - sinceMs > PICTURE_MS_MAX)
      throw new Error(`after ${PICTURE_MS_MAX / 1000} s the map shows ${drawn} of ${vehicles} vehicles`);
  }
}

async function measure(browser: Browser, page: Page, seconds: number): Promise<Measured> {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  const [before, sinceMs] = [await handleOf(page), performance.now()];
  await delay(seconds * 1000);
  const [after, tookMs] = [await handleOf(page), performance.now() - sinceMs];
  const trace = await browser.stopTracing();
  return {
    ms: mainThreadMs(trace),
    seconds: tookMs / 1000,
    frames: after.frames - before.frames,
    told: after.vehiclesTold - before.vehiclesTold,
  };
}

const wordsOf = ({ ms, seconds, frames, told }: Measured): string =>
  `${(ms / seconds).toFixed(1)} ms of the main thread a second, ${frames} frames with ${told} changes in ${seconds.toFixed(0)} s`;
