import { expect, test } from "vitest";
import { decodeFrame } from "@/server/contracts/decode-frame.ts";
import { FleetStore } from "./fleet-store.ts";
import { aFrame, MOVING, SERVER_MS, type Told } from "./testing.ts";

function aStore(...ids: string[]) {
  const store = new FleetStore();
  store.learn(1, 0, ids);
  const hear = (kind: "delta" | "snapshot", vehicles: Told[], level = 2) =>
    store.apply(decodeFrame(aFrame(kind, vehicles, { level }))!);
  return { store, hear };
}

test("a snapshot replaces the picture, a delta adds to it", () => {
  const { store, hear } = aStore("A", "B", "C");
  hear("snapshot", [{ index: 0, lng: 1, lat: 2, heading: 64, speed: 88, ageMs: 500 }]);
  expect(store.vehicle("A")).toEqual({
    id: "A",
    longitude: 1,
    latitude: 2,
    headingDeg: 90,
    speedKmh: 88,
    motion: "moving",
    service: "none",
    timeMs: SERVER_MS - 500,
  });
  hear("delta", [{ index: 1, lng: 3, lat: 4 }]);
  expect(store.vehicle("A")).not.toBeNull();
  hear("snapshot", [{ index: 2, lng: 5, lat: 6 }]);
  expect(["A", "B", "C"].map((id) => store.vehicle(id) !== null)).toEqual([false, false, true]);
});

test("an older position never moves a vehicle back, but its status is believed", () => {
  const { store, hear } = aStore("A");
  hear("delta", [{ index: 0, lng: 2, lat: 0, ageMs: 1000 }]);
  hear("delta", [{ index: 0, lng: 1, lat: 0, ageMs: 9000, status: MOVING + 3 }]);
  expect(store.vehicle("A")).toMatchObject({ longitude: 2, timeMs: SERVER_MS - 1000, motion: "offline" });
});

test("a new epoch forgets every number of the old one", () => {
  const { store, hear } = aStore("A", "B");
  hear("snapshot", [{ index: 0, lng: 1, lat: 1 }]);
  store.learn(2, 0, ["B"]);
  expect(store.vehicle("A")).toBeNull();
  expect(store.indexOf("A")).toBeNull();
  hear("snapshot", [{ index: 0, lng: 7, lat: 7, ageMs: 60_000 }]);
  expect(store.vehicle("B")).toMatchObject({ longitude: 7 });
});

test("at level 0 a vehicle stays only while it has an exception", () => {
  const { store, hear } = aStore("A");
  const late = 2 * 16;
  hear("delta", [{ index: 0, lng: 1, lat: 1, status: late }], 0);
  expect(store.vehicle("A")).toMatchObject({ service: "late" });
  hear("delta", [{ index: 0, lng: 1, lat: 1, status: MOVING }], 0);
  expect(store.vehicle("A")).toBeNull();
});

test("a number without a name is left out", () => {
  const { store, hear } = aStore("A");
  hear("delta", [{ index: 4_000_000, lng: 1, lat: 1 }]);
  expect(store.vehicle("A")).toBeNull();
});

test("listeners are told what changed until they leave", () => {
  const { store, hear } = aStore("A", "B");
  const kinds: string[] = [];
  const leave = store.subscribe((change) => kinds.push(change.kind));
  hear("snapshot", []);
  hear("delta", [{ index: 1, lng: 1, lat: 1 }]);
  leave();
  hear("delta", [{ index: 1, lng: 2, lat: 1 }]);
  expect(kinds).toEqual(["picture", "vehicles"]);
});
