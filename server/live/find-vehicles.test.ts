import fc from "fast-check";
import { expect, test } from "vitest";
import type { FleetQuery } from "../contracts/fleet.ts";
import type { FleetColumns } from "./fleet-columns.ts";
import { aFleet, NOW_MS } from "./testing.ts";

const ask = (over: Partial<FleetQuery> = {}): FleetQuery => ({ sort: "id", cursor: null, limit: 50, ...over });
const reports = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `TRK-${String((n * 7) % count).padStart(3, "0")}`,
    timeMs: NOW_MS - ((n * 13) % 50) * 60_000,
    lng: -100 + n,
    lat: 40,
    motion: (n % 3) as 0 | 1 | 2,
    speed: (n * 17) % 90,
  }));

function allPages(fleet: FleetColumns, query: FleetQuery): string[] {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = fleet.find({ ...query, cursor });
    ids.push(...page.ids);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

test("the pages of every sort show each vehicle once, in one order, whatever their size", () => {
  const fleet = aFleet(reports(40));
  fleet.setService("TRK-007", "critical");
  fleet.setService("TRK-021", "late");
  const sort = fc.constantFrom("id" as const, "worst" as const, "speed" as const, "seen" as const);
  fc.assert(
    fc.property(sort, fc.integer({ min: 1, max: 45 }), (sort, limit) => {
      const ids = allPages(fleet, ask({ sort, limit }));
      expect(ids).toEqual(fleet.find(ask({ sort, limit: 1000 })).ids);
      expect(new Set(ids).size).toBe(40);
    }),
    { numRuns: 60 },
  );
});

test("worst first is critical, late, at risk, offline, moving, then the rest, each by id", () => {
  const fleet = aFleet([
    { id: "rest", timeMs: NOW_MS, lng: 0, lat: 0, motion: 2 },
    { id: "moving", timeMs: NOW_MS, lng: 0, lat: 0, motion: 0 },
    { id: "offline", timeMs: NOW_MS - 3_600_000, lng: 0, lat: 0, motion: 0 },
    { id: "risk", timeMs: NOW_MS, lng: 0, lat: 0, motion: 2 },
    { id: "late", timeMs: NOW_MS, lng: 0, lat: 0, motion: 1 },
    { id: "critical", timeMs: NOW_MS, lng: 0, lat: 0, motion: 2 },
    { id: "a-rest", timeMs: NOW_MS, lng: 0, lat: 0, motion: 1 },
  ]);
  fleet.setService("risk", "at_risk");
  fleet.setService("late", "late");
  fleet.setService("critical", "critical");
  const { ids } = fleet.find(ask({ sort: "worst" }));
  expect(ids).toEqual(["critical", "late", "risk", "offline", "moving", "a-rest", "rest"]);
});

test("fastest and last seen come first in their sorts", () => {
  const fleet = aFleet([
    { id: "A", timeMs: NOW_MS - 2000, lng: 0, lat: 0, speed: 90 },
    { id: "B", timeMs: NOW_MS - 1000, lng: 0, lat: 0, speed: 20 },
    { id: "C", timeMs: NOW_MS - 3000, lng: 0, lat: 0, speed: 90 },
  ]);
  expect(fleet.find(ask({ sort: "speed" })).ids).toEqual(["A", "C", "B"]);
  expect(fleet.find(ask({ sort: "seen" })).ids).toEqual(["B", "A", "C"]);
});

test("filters are joined by and; the total counts all that fit, whatever the page", () => {
  const fleet = aFleet(reports(40));
  const page = fleet.find(ask({ text: "trk-01", motions: ["moving", "idling"], limit: 2 }));
  const fits = fleet.ids.filter((id, index) => id.startsWith("TRK-01") && (fleet.status[index]! & 15) < 2);
  expect(page.total).toBe(fits.length);
  expect(page.ids).toEqual(fits.sort().slice(0, 2));
});

test("bounds leave out what is outside or nowhere, and may cross the antimeridian", () => {
  const fleet = aFleet([
    { id: "fiji", timeMs: NOW_MS, lng: 178, lat: -18 },
    { id: "samoa", timeMs: NOW_MS, lng: -172, lat: -13 },
    { id: "chicago", timeMs: NOW_MS, lng: -87.6, lat: 41.9 },
    { id: "nowhere", timeMs: NOW_MS },
  ]);
  const across = { west: 170, south: -30, east: -170, north: 0 };
  expect(fleet.find(ask({ bounds: across })).ids).toEqual(["fiji", "samoa"]);
  expect(fleet.find(ask({ bounds: { west: -90, south: 40, east: -80, north: 45 } })).ids).toEqual(["chicago"]);
  expect(fleet.find(ask()).total).toBe(4);
});

test("a cursor that no list gave is refused with the field named", () => {
  const broken = () => aFleet(reports(3)).find(ask({ cursor: "nonsense" }));
  expect(broken).toThrow(
    expect.objectContaining({ code: "invalid_input", fields: [expect.objectContaining({ path: "/cursor" })] }),
  );
});
