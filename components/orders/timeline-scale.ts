import type { Milestone } from "@/server/contracts/order.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STEPS_MS = [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY];
const TICK_PIXELS_MIN = 110;
const MARGIN = 0.04;
const SPAN_MS_MIN = 6 * HOUR;

export type TimelineScale = {
  fromMs: number;
  toMs: number;
  /** Pixels from the left edge of the plot. */
  x(atMs: number): number;
  ticks: readonly number[];
};

/** A day without a time stands at its noon. */
export const momentOf = (value: string): number => Date.parse(value.length === 10 ? `${value}T12:00:00.000Z` : value);

/** Every moment a milestone tells of. */
export function momentsOf({ planned, actual, expected }: Milestone): number[] {
  const told = [planned, actual, expected?.p50 ?? null, expected?.p90 ?? null];
  return told.flatMap((value) => (value === null ? [] : [momentOf(value)]));
}

type Options = {
  milestones: readonly Milestone[];
  nowMs: number;
  width: number;
  /** Of the zone in which times are told, so that ticks stand at its whole hours and days. */
  zoneOffsetMs: number;
};

/** One axis for all lanes: from the first that is told to the last. It reaches to now while something has to come. */
export function timelineScale({ milestones, nowMs, width, zoneOffsetMs }: Options): TimelineScale {
  const isOpen = milestones.some(({ actual }) => actual === null);
  const moments = [...milestones.flatMap(momentsOf), ...(isOpen || milestones.length === 0 ? [nowMs] : [])];
  const first = Math.min(...moments);
  const last = Math.max(...moments);
  const spare = Math.max((last - first) * MARGIN, (SPAN_MS_MIN - (last - first)) / 2);
  const fromMs = first - spare;
  const toMs = last + spare;
  const pixelsAMs = width / (toMs - fromMs);
  const stepMs = STEPS_MS.find((step) => step * pixelsAMs >= TICK_PIXELS_MIN) ?? longStep(pixelsAMs);
  const ticks: number[] = [];
  const firstTick = Math.ceil((fromMs + zoneOffsetMs) / stepMs) * stepMs - zoneOffsetMs;
  for (let tick = firstTick; tick <= toMs; tick += stepMs) ticks.push(tick);
  return { fromMs, toMs, x: (atMs) => (atMs - fromMs) * pixelsAMs, ticks };
}

/** For an order over years: whole multiples of four weeks. */
const longStep = (pixelsAMs: number) => Math.ceil(TICK_PIXELS_MIN / (28 * DAY * pixelsAMs)) * 28 * DAY;

/** How far a zone is ahead of UTC at a moment. */
export function zoneOffsetMs(timeZone: string, atMs: number): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(atMs);
  const offset = /([+-])(\d{2}):(\d{2})/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "");
  if (!offset) return 0;
  const size = Number(offset[2]) * HOUR + Number(offset[3]) * 60_000;
  return offset[1] === "-" ? -size : size;
}
