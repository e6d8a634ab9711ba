import fc from "fast-check";
import { expect, test } from "vitest";
import { FleetColumns, OFFLINE_AFTER_MS } from "./fleet-columns.ts";
import { aFleet, NOW_MS, PartitionFixture, type Report } from "./testing.ts";

const motionOf = (fleet: FleetColumns, id: string) => fleet.status[fleet.ids.indexOf(id)]! & 15;
const placeOf = (fleet: FleetColumns, id: string) => {
  const index = fleet.ids.indexOf(id);
  return { lng: fleet.lngE7[index]! / 1e7, lat: fleet.latE7[index]! / 1e7, timeMs: fleet.timeMs[index]! };
};

test("reports in any order, repeated, from two partitions, end with the newest of each vehicle", () => {
  const report = fc.record({ id: fc.constantFrom("A", "B", "C"), second: fc.integer({ min: 0, max: 60 }) });
  const toReport = ({ id, second }: { id: string; second: number }): Report => ({
    id,
    timeMs: NOW_MS - 60_000 + second * 1000,
    lng: -90 + second / 100,
    lat: 40,
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(report, fc.boolean()), { minLength: 1, maxLength: 40 }), (sent) => {
      const fleet = new FleetColumns(1);
      const partitions = [new PartitionFixture(0), new PartitionFixture(1)] as const;
      for (const [one, second] of [...sent, ...sent]) {
        const chunk = partitions[second ? 1 : 0].chunk([toReport(one)]);
        fleet.fold(chunk, NOW_MS);
      }
      for (const id of new Set(sent.map(([one]) => one.id))) {
        const newest = Math.max(...sent.filter(([one]) => one.id === id).map(([one]) => one.second));
        expect(placeOf(fleet, id)).toEqual({
          lng: -90 + newest / 100,
          lat: 40,
          timeMs: toReport({ id, second: newest }).timeMs,
        });
      }
      expect(fleet.size()).toBe(new Set(sent.map(([one]) => one.id)).size);
    }),
  );
});

test("a partition that was claimed anew counts from the start and does not mislabel", () => {
  const fleet = aFleet([
    { id: "A", timeMs: NOW_MS - 2000, lng: -90, lat: 40 },
    { id: "B", timeMs: NOW_MS - 2000, lng: -80, lat: 40 },
  ]);
  const again = new PartitionFixture(0, "two");
  fleet.fold(again.chunk([{ id: "B", timeMs: NOW_MS - 1000, lng: -81, lat: 40 }]), NOW_MS);
  expect(placeOf(fleet, "A").lng).toBe(-90);
  expect(placeOf(fleet, "B").lng).toBe(-81);
});

test("a vehicle is offline after 15 minutes of silence, and back with its next word", () => {
  const partition = new PartitionFixture();
  const fleet = new FleetColumns(1);
  fleet.fold(partition.chunk([{ id: "A", timeMs: NOW_MS, lng: -90, lat: 40, motion: 1 }]), NOW_MS);
  fleet.sweep(NOW_MS + OFFLINE_AFTER_MS);
  expect(fleet.counts()).toMatchObject({ idling: 1, offline: 0 });
  fleet.sweep(NOW_MS + OFFLINE_AFTER_MS + 1);
  expect(fleet.counts()).toMatchObject({ idling: 0, offline: 1 });
  const later = NOW_MS + OFFLINE_AFTER_MS + 2000;
  fleet.fold(partition.chunk([{ id: "A", timeMs: later, motion: 0 }]), later);
  expect(fleet.counts()).toMatchObject({ moving: 1, offline: 0, vehicles: 1 });
  expect(placeOf(fleet, "A")).toEqual({ lng: -90, lat: 40, timeMs: NOW_MS });
});

test("while the lane catches up, an old report does not make its vehicle offline", () => {
  const hourAgo = NOW_MS - 3_600_000;
  expect(motionOf(aFleet([{ id: "A", timeMs: hourAgo, lng: -90, lat: 40 }], hourAgo + 1000), "A")).toBe(0);
  expect(motionOf(aFleet([{ id: "A", timeMs: hourAgo, lng: -90, lat: 40 }], NOW_MS), "A")).toBe(3);
});

test("the counts are those of the columns, whatever was folded, swept and rated", () => {
  const step = fc.record({
    id: fc.constantFrom("A", "B", "C", "D"),
    minute: fc.integer({ min: 0, max: 40 }),
    motion: fc.constantFrom(0, 1, 2),
    service: fc.constantFrom("none", "late", "critical"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const fleet = new FleetColumns(1);
      const partition = new PartitionFixture();
      for (const { id, minute, motion, service } of steps) {
        const at = NOW_MS + minute * 60_000;
        fleet.fold(partition.chunk([{ id, timeMs: at, lng: 1, lat: 1, motion: motion as 0 | 1 | 2 }]), at);
        fleet.setService(id, service as "none");
        fleet.sweep(at);
      }
      const { vehicles, moving, idling, stopped, offline, late } = fleet.counts();
      expect(moving + idling + stopped + offline).toBe(vehicles);
      expect(late).toBe(fleet.ids.filter((_, index) => fleet.status[index]! >> 4 === 2).length);
    }),
  );
});

test("a change is told once however often its vehicle changed", () => {
  const fleet = aFleet([
    { id: "A", timeMs: NOW_MS - 2000, lng: 1, lat: 1 },
    { id: "A", timeMs: NOW_MS - 1000, lng: 2, lat: 1 },
    { id: "B", timeMs: NOW_MS - 1000, lng: 3, lat: 1 },
  ]);
  expect(fleet.takeChanges()).toEqual([0, 1]);
  expect(fleet.takeChanges()).toEqual([]);
});
