import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFrame } from "@/server/contracts/decode-frame.ts";
import { FleetStore } from "../live/fleet-store.ts";
import { aFrame, MOVING, SERVER_MS, type Told } from "../live/testing.ts";
import { VEHICLE_BYTES, VehicleBuffer } from "./vehicle-buffer.ts";
import { MARKS } from "./vehicle-marks.ts";

function aMap(...ids: string[]) {
  const store = new FleetStore();
  const buffer = new VehicleBuffer();
  let glide = true;
  let nowS = 0;
  store.learn(1, 0, ids);
  store.subscribe((change) => {
    if (change.kind !== "cells") buffer.update(store, change.kind === "vehicles" ? change.indices : null, nowS, glide);
  });
  const hear = (kind: "delta" | "snapshot", atS: number, vehicles: Told[]) => {
    nowS = atS;
    store.apply(decodeFrame(aFrame(kind, vehicles, { serverMs: SERVER_MS + atS * 1000 }))!);
  };
  const jump = () => {
    glide = false;
  };
  return { store, buffer, hear, jump };
}

test("a vehicle glides to its new position over the time that lay between its reports", () => {
  const { buffer, hear } = aMap("A");
  hear("snapshot", 0, [{ index: 0, lng: 10, lat: 40 }]);
  expect(buffer.positionAt(0, 0)).toEqual([10, 40]);
  hear("delta", 10, [{ index: 0, lng: 10.1, lat: 40 }]);
  expect(buffer.positionAt(0, 10)[0]).toBeCloseTo(10, 4);
  expect(buffer.positionAt(0, 15)[0]).toBeCloseTo(10.05, 4);
  expect(buffer.positionAt(0, 20)[0]).toBeCloseTo(10.1, 4);
  expect(buffer.positionAt(0, 60)[0]).toBeCloseTo(10.1, 4);
});

test("whatever comes, late, repeated or early, a vehicle on a straight road never moves backwards on the screen", () => {
  const report = fc.record({ atS: fc.integer({ min: 1, max: 4 }), ageS: fc.integer({ min: 0, max: 30 }) });
  fc.assert(
    fc.property(fc.array(report, { minLength: 1, maxLength: 25 }), (reports) => {
      const { buffer, hear } = aMap("A");
      let nowS = 100;
      let seen = -1;
      // The road: a thousandth of a degree a second, so a position says when it was true.
      const placeAt = (second: number) => second / 1000;
      hear("snapshot", nowS, [{ index: 0, lng: placeAt(nowS), lat: 0 }]);
      for (const { atS, ageS } of reports) {
        for (let step = 0; step < atS; step++) {
          const [lng] = buffer.positionAt(0, ++nowS);
          expect(lng).toBeGreaterThanOrEqual(seen - 1e-6);
          seen = lng;
        }
        hear("delta", nowS, [{ index: 0, lng: placeAt(nowS - ageS), lat: 0, ageMs: ageS * 1000 }]);
      }
    }),
  );
});

test("a correction, or the first word after a long silence, jumps", () => {
  const { buffer, hear } = aMap("A", "B");
  hear("snapshot", 0, [
    { index: 0, lng: 10, lat: 40 },
    { index: 1, lng: 10, lat: 40 },
  ]);
  hear("delta", 10, [{ index: 0, lng: 12, lat: 40 }]);
  expect(buffer.positionAt(0, 10)[0]).toBeCloseTo(12, 4);
  hear("delta", 400, [{ index: 1, lng: 10.2, lat: 40 }]);
  expect(buffer.positionAt(1, 400)[0]).toBeCloseTo(10.2, 4);
});

test("with reduced motion every report jumps", () => {
  const { buffer, hear, jump } = aMap("A");
  hear("snapshot", 0, [{ index: 0, lng: 10, lat: 40 }]);
  jump();
  hear("delta", 10, [{ index: 0, lng: 10.1, lat: 40 }]);
  expect(buffer.positionAt(0, 10)[0]).toBeCloseTo(10.1, 4);
});

test("a snapshot of where a vehicle already is does not disturb its glide", () => {
  const { buffer, hear } = aMap("A");
  hear("snapshot", 0, [{ index: 0, lng: 10, lat: 40 }]);
  hear("delta", 10, [{ index: 0, lng: 10.1, lat: 40 }]);
  hear("snapshot", 14, [{ index: 0, lng: 10.1, lat: 40, ageMs: 4000 }]);
  expect(buffer.positionAt(0, 15)[0]).toBeCloseTo(10.05, 4);
});

test("marks are counted as they are shown, turned and hidden", () => {
  const { buffer, hear } = aMap("A", "B");
  const shown = () =>
    Object.fromEntries(MARKS.map((mark, n) => [mark, buffer.shownByMark[n]]).filter(([, count]) => count !== 0));
  hear("snapshot", 0, [
    { index: 0, lng: 1, lat: 1 },
    { index: 1, lng: 1, lat: 1, status: 3 * 16 },
  ]);
  expect(shown()).toEqual({ normal: 1, critical: 1 });
  hear("delta", 1, [{ index: 0, lng: 1, lat: 1, status: MOVING + 2 }]);
  expect(shown()).toEqual({ still: 1, critical: 1 });
  hear("snapshot", 2, [{ index: 0, lng: 1, lat: 1, status: MOVING + 3 }]);
  expect(shown()).toEqual({ unknown: 1 });
  expect([buffer.isShown(0), buffer.isShown(1)]).toEqual([true, false]);
});

test("a new dictionary leaves no vehicle of the old one on the map", () => {
  const { store, buffer, hear } = aMap("A", "B");
  hear("snapshot", 0, [
    { index: 0, lng: 1, lat: 1 },
    { index: 1, lng: 1, lat: 1 },
  ]);
  store.learn(2, 0, ["C"]);
  expect(buffer.shownByMark.reduce((sum, count) => sum + count, 0)).toBe(0);
});

test("only the range that changed is copied, and growing keeps what was there", () => {
  const ids = Array.from({ length: 3000 }, (_, n) => `T${n}`);
  const { buffer, hear } = aMap(...ids);
  hear(
    "snapshot",
    0,
    ids.slice(0, 1000).map((_, index) => ({ index, lng: 1, lat: 1 })),
  );
  expect(buffer.takeDirty()).toEqual({ from: 0, to: 999 });
  hear("delta", 1, [
    { index: 7, lng: 1.1, lat: 1 },
    { index: 2999, lng: 2, lat: 2 },
  ]);
  expect(buffer.takeDirty()).toEqual({ from: 7, to: 2999 });
  expect(buffer.takeDirty()).toBeNull();
  expect(buffer.bytes.length).toBeGreaterThanOrEqual(3000 * VEHICLE_BYTES);
  expect(buffer.positionAt(999, 1)).toEqual([1, 1]);
});

test("vehicles on one spot are found together, the nearest first, and hidden ones are not", () => {
  const { buffer, hear } = aMap("A", "B", "C", "D");
  hear("snapshot", 0, [
    { index: 0, lng: 10.002, lat: 40 },
    { index: 1, lng: 10, lat: 40 },
    { index: 2, lng: 11, lat: 40 },
  ]);
  expect(buffer.near(10, 40, 0.01, 0.01, 0)).toEqual([1, 0]);
});
