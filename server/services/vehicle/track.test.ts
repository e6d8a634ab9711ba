import fc from "fast-check";
import { expect, test } from "vitest";
import type { TrackReading } from "../../contracts/lane.ts";
import { ANONYMOUS } from "../actor.ts";
import type { Context } from "../context.ts";
import { getTrack } from "./track.ts";

const NOW_MS = Date.parse("2026-08-19T12:00:00.000Z");
const HOUR_MS = 3_600_000;

function contextOver(readings: readonly TrackReading[], asked: [number, number][] = []): Context {
  const context: Pick<Context, "actor" | "now" | "fleet" | "telemetry"> = {
    actor: { kind: "user", id: "user:1", name: "Ann", email: null, role: "planner" },
    now: () => NOW_MS,
    fleet: { has: (id) => id === "T1", find: () => ({ ids: [], total: 0, nextCursor: null }), size: () => 1 },
    telemetry: {
      vehicles: async () => [],
      series: async () => ({}),
      readings: async () => [],
      fleetAt: async () => [],
      vehiclesAt: async () => [],
      track: async (_, fromMs, toMs, limit) => {
        asked.push([fromMs, toMs]);
        return readings.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs).slice(0, limit);
      },
    },
  };
  return context as Context;
}

test("page by page of any size, every reading comes once and in order, several of one millisecond too", async () => {
  const offsets = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(offsets, fc.integer({ min: 1, max: 7 }), async (ages, limit) => {
      const readings = ages
        .sort((a, b) => a - b)
        .map((age, n) => ({ timeMs: NOW_MS - HOUR_MS + age, latitude: n, longitude: 0 }));
      const context = contextOver(readings);
      const seen: TrackReading[] = [];
      let cursor: string | undefined;
      do {
        const page = await getTrack(context, { id: "T1", limit, cursor });
        expect(page.points.length).toBeLessThanOrEqual(limit);
        seen.push(...page.points);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(readings);
    }),
  );
});

test("without bounds it is the last two hours; the end stays where the first page put it", async () => {
  const asked: [number, number][] = [];
  const reading = (age: number) => ({ timeMs: NOW_MS - age, latitude: 0, longitude: 0 });
  const context = contextOver([reading(3), reading(2), reading(1)], asked);
  const { nextCursor } = await getTrack(context, { id: "T1", limit: 1 });
  await getTrack({ ...context, now: () => NOW_MS + HOUR_MS }, { id: "T1", limit: 1, cursor: nextCursor ?? undefined });
  expect(asked).toEqual([
    [NOW_MS - 2 * HOUR_MS, NOW_MS],
    [NOW_MS - 3, NOW_MS],
  ]);
});

test("a start alone reaches until now, but never further than seven days", async () => {
  const asked: [number, number][] = [];
  const context = contextOver([], asked);
  await getTrack(context, { id: "T1", limit: 1, fromMs: NOW_MS - HOUR_MS });
  await getTrack(context, { id: "T1", limit: 1, fromMs: NOW_MS - 100 * 24 * HOUR_MS });
  expect(asked).toEqual([
    [NOW_MS - HOUR_MS, NOW_MS],
    [NOW_MS - 100 * 24 * HOUR_MS, NOW_MS - 93 * 24 * HOUR_MS],
  ]);
});

test("an unknown vehicle and a stranger get nothing", async () => {
  const context = contextOver([]);
  await expect(getTrack(context, { id: "T9", limit: 1 })).rejects.toMatchObject({ code: "not_found" });
  const stranger = { ...context, actor: ANONYMOUS };
  await expect(getTrack(stranger, { id: "T1", limit: 1 })).rejects.toMatchObject({ code: "unauthenticated" });
});
