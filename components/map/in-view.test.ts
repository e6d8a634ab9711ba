import { expect, test } from "vitest";
import { decodeFrame } from "@/server/contracts/decode-frame.ts";
import { FleetStore } from "../live/fleet-store.ts";
import { aCellFrame, aFrame } from "../live/testing.ts";
import { countInView, fleetBounds } from "./in-view.ts";
import { VehicleBuffer } from "./vehicle-buffer.ts";

const MIDWEST = { west: -92, south: 38, east: -84, north: 44 };

function aFleet() {
  const store = new FleetStore();
  const buffer = new VehicleBuffer();
  store.learn(1, 0, ["A", "B", "C"]);
  const hear = (bytes: ArrayBuffer) => store.apply(decodeFrame(bytes)!);
  return { store, buffer, nowS: 0, hear };
}

test("vehicles that are drawn singly are counted where they are, those outside the view are not", () => {
  const fleet = aFleet();
  fleet.hear(
    aFrame("snapshot", [
      { index: 0, lng: -87, lat: 41 },
      { index: 1, lng: -86, lat: 39 },
      { index: 2, lng: -100, lat: 30 },
    ]),
  );
  fleet.buffer.update(fleet.store, null, 0, false);
  expect(countInView(fleet, MIDWEST, 1)).toBe(2);
});

test("far out, the vehicles of the cells in the view are counted", () => {
  const fleet = aFleet();
  fleet.hear(
    aCellFrame([
      { lng: -87, lat: 41, count: 40 },
      { lng: -90, lat: 40, count: 2 },
      { lng: -118, lat: 34, count: 500 },
    ]),
  );
  expect(countInView(fleet, MIDWEST, 0)).toBe(42);
});

test("the whole fleet is all that is known of it: cells, sites and vehicles", () => {
  const fleet = aFleet();
  const site = { id: "1010", name: "Joliet", kind: "plant", latitude: 41.5, longitude: -88 };
  fleet.hear(aFrame("snapshot", [{ index: 1, lng: -80, lat: 35 }]));
  fleet.hear(aCellFrame([{ lng: -118, lat: 34, count: 1 }]));
  const { west, south, east, north } = fleetBounds(fleet.store, [site]);
  expect([west, south, east, north].map((side) => Math.round(side * 10) / 10)).toEqual([-118.1, 33.9, -79.9, 41.6]);
});

test("a tower that knows of nothing yet still has a picture to show", () => {
  const { west, south, east, north } = fleetBounds(new FleetStore(), []);
  expect(west).toBeLessThan(east);
  expect(south).toBeLessThan(north);
});
