import { expect, test } from "vitest";
import type { Delivery } from "../documents/delivery.ts";
import { createRoads, endAhead, LIMIT_KMH, locate, speedLimitKmh } from "../roads.ts";
import { createSites } from "../sites.ts";
import { HOUR_MS, START_MS, testGraph } from "../testing.ts";
import { createFleet } from "./create-fleet.ts";
import { createDuty, DRIVING_MS_MAX, REST_MS } from "./duty.ts";
import { TANK_L, type Vehicle } from "./vehicle.ts";

const STEP_MS = 10_000;
const PARKED_STEP_MS = 300_000;

/** A fleet without papers: only where its goods go is known. */
function aFleet(vehicles: number) {
  const network = createRoads(testGraph);
  const sites = createSites(network);
  const aDelivery = (destination: (typeof sites)[number]) => ({ destination }) as Delivery;
  const fleet = createFleet(
    { seed: 3, vehicles, startMs: START_MS },
    { sites, roads: network.roads, deliveryUnderWay: (_, { destination }) => aDelivery(destination) },
  );
  const duty = createDuty({
    roads: network.roads,
    events: {
      loadingBegins: (vehicle, destination) => {
        vehicle.delivery = aDelivery(destination);
      },
      departs: () => {},
      arrives: () => {},
      unloaded: () => {},
    },
  });
  return { fleet, duty };
}

/** Lets each vehicle live for so many hours, and shows it before and after each step. */
function live(vehicles: number, hours: number, see: (before: Vehicle, after: Vehicle) => void): void {
  const { fleet, duty } = aFleet(vehicles);
  for (const vehicle of fleet) {
    while (vehicle.timeMs < START_MS + hours * HOUR_MS) {
      const before = { ...vehicle };
      const stepMs = vehicle.phase === "driving" ? STEP_MS : PARKED_STEP_MS;
      duty.advance(vehicle, Math.min(vehicle.timeMs + stepMs, vehicle.phaseEndMs));
      see(before, vehicle);
    }
  }
}

test("no vehicle is faster than the limit of the place it is at", () => {
  const speedsKmh: number[] = [];
  const tooFast: Vehicle[] = [];
  live(15, 12, (_, after) => {
    speedsKmh.push(after.speedMs * 3.6);
    if (after.speedMs * 3.6 > speedLimitKmh(after.place)) tooFast.push({ ...after });
  });
  expect(tooFast).toEqual([]);
  const fastest = speedsKmh.reduce((most, speed) => Math.max(most, speed), 0);
  expect(fastest).toBeGreaterThan(95);
  expect(fastest).toBeLessThan(LIMIT_KMH);
});

test("speed changes no faster than a loaded truck can", () => {
  let fastest = 0;
  live(15, 12, (before, after) => {
    if (before.phase !== "driving" || after.phase !== "driving") return; // at the dock it is set down within metres
    const change = (after.speedMs - before.speedMs) / ((after.timeMs - before.timeMs) / 1000);
    fastest = Math.max(fastest, Math.abs(change));
  });
  expect(fastest).toBeGreaterThan(0.3);
  expect(fastest).toBeLessThan(2);
});

test("the odometer counts the way along the roads, and only that", () => {
  let comparedM = 0;
  let worstM = 0;
  let backwards = 0;
  live(15, 12, (before, after) => {
    const countedM = after.odometerM - before.odometerM;
    if (countedM < 0) backwards += 1;
    if (after.place.road !== before.place.road || after.place.forward !== before.place.forward) return;
    worstM = Math.max(worstM, Math.abs(countedM - Math.abs(after.place.metres - before.place.metres)));
    comparedM += countedM;
  });
  expect(backwards).toBe(0);
  expect(worstM).toBeLessThan(0.001);
  expect(comparedM).toBeGreaterThan(1_000_000);
});

test("a road is left only for one that begins in the same city", () => {
  let crossings = 0;
  const jumps: Vehicle[] = [];
  live(15, 20, (before, after) => {
    if (before.place.road === after.place.road) return;
    crossings += 1;
    if (![after.place.road.a, after.place.road.b].includes(endAhead(before.place))) jumps.push({ ...after });
  });
  expect(crossings).toBeGreaterThan(20);
  expect(jumps).toEqual([]);
});

test("a position lies on the line that the map draws", () => {
  let farthestDeg = 0;
  live(3, 10, (_, { place }) => {
    const fix = locate(place);
    const apartDeg = place.road.points
      .slice(1)
      .map((to, index) => distanceToSegment(fix, place.road.points[index]!, to))
      .reduce((least, apart) => Math.min(least, apart), Infinity);
    farthestDeg = Math.max(farthestDeg, apartDeg);
  });
  expect(farthestDeg).toBeLessThan(1e-9);
});

test("nobody drives more than eleven hours without ten hours of rest", () => {
  const restedMs: number[] = [];
  const restingSinceMs = new Map<number, number>();
  let longestMs = 0;
  live(15, 40, (before, after) => {
    longestMs = Math.max(longestMs, after.drivenSinceRestMs);
    if (before.phase === "driving" && after.phase === "resting") restingSinceMs.set(after.index, after.timeMs);
    const since = restingSinceMs.get(after.index);
    if (before.phase === "resting" && after.phase === "driving" && since) restedMs.push(after.timeMs - since);
  });
  expect(longestMs).toBeGreaterThan(DRIVING_MS_MAX * 0.9);
  expect(longestMs).toBeLessThanOrEqual(DRIVING_MS_MAX);
  expect(restedMs.length).toBeGreaterThan(5);
  expect(Math.min(...restedMs)).toBeGreaterThanOrEqual(REST_MS);
});

test("nobody runs dry, and what a machine counts never goes back", () => {
  let leastL = TANK_L;
  let backwards = 0;
  live(15, 40, (before, after) => {
    leastL = Math.min(leastL, after.fuelL);
    if (after.engineMs < before.engineMs || after.fuelUsedL < before.fuelUsedL) backwards += 1;
  });
  expect(leastL).toBeGreaterThan(TANK_L * 0.05);
  expect(backwards).toBe(0);
});

test("goods are loaded and unloaded for thirty to ninety minutes", () => {
  const beganMs = new Map<number, number>();
  const minutes: number[] = [];
  const isDock = ({ phase }: Vehicle) => phase === "loading" || phase === "unloading";
  live(15, 40, (before, after) => {
    if (before.phase === after.phase) return;
    const since = beganMs.get(after.index);
    if (isDock(before) && since !== undefined) minutes.push((after.timeMs - since) / 60_000);
    if (isDock(after)) beganMs.set(after.index, after.timeMs);
    else beganMs.delete(after.index);
  });
  expect(minutes.length).toBeGreaterThan(15);
  expect(Math.min(...minutes)).toBeGreaterThanOrEqual(30);
  expect(Math.max(...minutes)).toBeLessThanOrEqual(90);
});

/** In degrees, on the flat: the line of the map is straight in degrees too. */
function distanceToSegment(
  { longitude, latitude }: { longitude: number; latitude: number },
  [ax, ay]: [number, number],
  [bx, by]: [number, number],
): number {
  const along = ((longitude - ax) * (bx - ax) + (latitude - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(longitude - ax - (bx - ax) * share, latitude - ay - (by - ay) * share);
}
