import type { StockStory } from "@/server/contracts/stock.ts";

const DAY_MS = 24 * 60 * 60_000;
const COUNTED_DAYS = 7;

/** `atMs` is the time at the site, written as if it were UTC: days and ticks are whole then. */
export type ChartPoint = {
  atMs: number;
  counted?: number;
  expected?: number;
  range?: [number, number];
};

export type ProjectionPoints = {
  points: ChartPoint[];
  nowMs: number;
  /** Whole days, far enough apart to be read. */
  ticks: number[];
  receipts: { atMs: number; day: string; quantity: number }[];
  below: { atMs: number; expected: number; day: string } | null;
  out: { atMs: number; expected: number; day: string } | null;
};

type Story = Pick<StockStory, "counted" | "projection" | "position">;

/** Counted steps of the last days and what is projected, on one axis of the site's own time. */
export function projectionPoints(story: Story, nowMs: number, timeZone: string | null): ProjectionPoints {
  const offsetMs = zoneOffsetMs(timeZone, nowMs);
  const localNowMs = nowMs + offsetMs;
  const firstMs = localNowMs - COUNTED_DAYS * DAY_MS;
  const endOf = (day: string) => Math.max(localNowMs, startOf(day) + DAY_MS);
  const onHand = Number(story.position.onHand ?? 0);
  const counted = countedSince(story.counted, firstMs - offsetMs).map(({ atMs, quantity }) => ({
    atMs: atMs + offsetMs,
    counted: quantity,
  }));
  const projected = story.projection.map(({ day, expected, low, high }) => ({
    atMs: endOf(day),
    expected,
    range: [low, high] as [number, number],
  }));
  const now: ChartPoint = { atMs: localNowMs, counted: onHand, expected: onHand, range: [onHand, onHand] };
  const before = counted.filter(({ atMs }) => atMs < localNowMs);
  const markAt = (day: string | null) => {
    const found = story.projection.find((each) => each.day === day);
    return found ? { atMs: endOf(found.day), expected: found.expected, day: found.day } : null;
  };
  return {
    points: [...before, now, ...projected],
    nowMs: localNowMs,
    ticks: ticksBetween(before[0]?.atMs ?? localNowMs, projected.at(-1)?.atMs ?? localNowMs),
    receipts: story.projection
      .filter(({ receipts }) => receipts > 0)
      .map(({ day, receipts }) => ({ atMs: endOf(day), day, quantity: receipts })),
    below: markAt(story.position.belowSafetyDay),
    out: markAt(story.position.outDay),
  };
}

/** The last of what lay there before stands at the beginning, so that the line begins at the edge. */
function countedSince(counted: StockStory["counted"], firstMs: number): { atMs: number; quantity: number }[] {
  const all = counted.map(({ time, quantity }) => ({ atMs: Date.parse(time), quantity }));
  const start = all.filter(({ atMs }) => atMs <= firstMs).at(-1);
  return [...(start ? [{ ...start, atMs: firstMs }] : []), ...all.filter(({ atMs }) => atMs > firstMs)];
}

const STEPS = [1, 2, 2.5, 5, 10];
const LINES = 4;

/** Round quantities from nothing to above the most: four lines that can be read. */
export function quantityTicks(most: number): number[] {
  const least = Math.max(most, LINES) / LINES;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = (STEPS.find((each) => each * power >= least) ?? 10) * power;
  return Array.from({ length: LINES + 1 }, (_, index) => index * step);
}

const TICKS_MAX = 6;

function ticksBetween(fromMs: number, toMs: number): number[] {
  const first = Math.ceil(fromMs / DAY_MS);
  const last = Math.floor(toMs / DAY_MS);
  const step = Math.max(1, Math.ceil((last - first) / TICKS_MAX));
  const ticks: number[] = [];
  for (let day = first; day <= last; day += step) ticks.push(day * DAY_MS);
  return ticks;
}

const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** How far the site's clocks are ahead of UTC. A zone nobody knows counts as UTC. */
function zoneOffsetMs(timeZone: string | null, ms: number): number {
  if (timeZone === null) return 0;
  try {
    const format = new Intl.DateTimeFormat("en-CA", {
      ...{ timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit" },
    });
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const local = Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:00Z`);
    return local - Math.floor(ms / 60_000) * 60_000;
  } catch {
    return 0;
  }
}
