import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFrame } from "../contracts/decode-frame.ts";
import { FRAME_HEAD_BYTES, FRAME_VEHICLE_BYTES } from "../contracts/frames.ts";
import { encodeCells, encodeVehicles } from "./encode-frame.ts";

const byte = fc.integer({ min: 0, max: 255 });
const vehicle = fc.record({
  lngE7: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }),
  latE7: fc.integer({ min: -900_000_000, max: 900_000_000 }),
  ageMs: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  heading: byte,
  speed: byte,
  status: byte,
});
const SERVER_MS = Date.UTC(2026, 7, 19);

test("what was encoded is decoded, column by column, wherever the bytes lie", () => {
  fc.assert(
    fc.property(
      fc.array(vehicle, { maxLength: 20 }),
      fc.constantFrom(0 as const, 1 as const, 2 as const),
      (vehicles, level) => {
        const columns = {
          lngE7: Int32Array.from(vehicles, (v) => v.lngE7),
          latE7: Int32Array.from(vehicles, (v) => v.latE7),
          timeMs: Float64Array.from(vehicles, (v) => SERVER_MS - v.ageMs),
          heading: Uint8Array.from(vehicles, (v) => v.heading),
          speed: Uint8Array.from(vehicles, (v) => v.speed),
          status: Uint8Array.from(vehicles, (v) => v.status),
        };
        const indices = vehicles.map((_, index) => index).reverse();
        const frame = encodeVehicles("snapshot", level, SERVER_MS, columns, indices);
        expect(frame.length).toBe(FRAME_HEAD_BYTES + vehicles.length * FRAME_VEHICLE_BYTES);
        const shifted = Buffer.concat([Buffer.from("x"), frame]).subarray(1);
        const decoded = decodeFrame(shifted);
        if (!decoded || decoded.kind === "cells") throw new Error("expected vehicles");
        expect(decoded).toMatchObject({ kind: "snapshot", level, serverMs: SERVER_MS });
        expect([...decoded.index]).toEqual(indices);
        expect([...decoded.lngE7]).toEqual(indices.map((i) => columns.lngE7[i]));
        expect([...decoded.latE7]).toEqual(indices.map((i) => columns.latE7[i]));
        expect([...decoded.ageMs]).toEqual(indices.map((i) => vehicles[i]!.ageMs));
        expect([...decoded.heading]).toEqual(indices.map((i) => columns.heading[i]));
        expect([...decoded.speed]).toEqual(indices.map((i) => columns.speed[i]));
        expect([...decoded.status]).toEqual(indices.map((i) => columns.status[i]));
      },
    ),
  );
});

test("the bytes of a frame are little-endian, as published", () => {
  const columns = {
    lngE7: Int32Array.of(-880_817_000),
    latE7: Int32Array.of(415_250_000),
    timeMs: Float64Array.of(SERVER_MS - 1500),
    heading: Uint8Array.of(193),
    speed: Uint8Array.of(88),
    status: Uint8Array.of(64),
  };
  const frame = encodeVehicles("delta", 2, SERVER_MS, columns, [0]);
  expect([frame.readUInt8(0), frame.readUInt8(1), frame.readUInt16LE(2), frame.readUInt32LE(4)]).toEqual([0, 2, 1, 1]);
  expect(frame.readDoubleLE(8)).toBe(SERVER_MS);
  expect([frame.readUInt32LE(16), frame.readInt32LE(20), frame.readInt32LE(24)]).toEqual([
    0, -880_817_000, 415_250_000,
  ]);
  expect([frame.readUInt32LE(28), frame[32], frame[33], frame[34]]).toEqual([1500, 193, 88, 64]);
});

test("a position from the future is told as of now", () => {
  const one = Int32Array.of(0);
  const columns = {
    lngE7: one,
    latE7: one,
    timeMs: Float64Array.of(SERVER_MS + 9000),
    heading: Uint8Array.of(0),
    speed: Uint8Array.of(0),
    status: Uint8Array.of(0),
  };
  const decoded = decodeFrame(encodeVehicles("delta", 2, SERVER_MS, columns, [0]));
  expect(decoded && decoded.kind !== "cells" && decoded.ageMs[0]).toBe(0);
});

test("cells are decoded as they were encoded", () => {
  const cells = [
    { lng: -87.5, lat: 41.5, count: 4_000_000_000, moving: 1, atRisk: 2, late: 3, critical: 4, offline: 5 },
    { lng: 10, lat: 50, count: 7, moving: 0, atRisk: 0, late: 0, critical: 0, offline: 7 },
  ];
  const decoded = decodeFrame(encodeCells(SERVER_MS, cells));
  if (decoded?.kind !== "cells") throw new Error("expected cells");
  const read = cells.map((_, n) => ({
    lng: decoded.lng[n],
    lat: decoded.lat[n],
    count: decoded.count[n],
    moving: decoded.moving[n],
    atRisk: decoded.atRisk[n],
    late: decoded.late[n],
    critical: decoded.critical[n],
    offline: decoded.offline[n],
  }));
  expect(read).toEqual(cells);
});

test("bytes that are no frame are not understood rather than misread", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const count = bytes.length >= 16 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) : 0;
      const decoded = decodeFrame(bytes);
      expect(
        decoded === null || (decoded.kind === "cells" ? decoded.count.length : decoded.index.length) === count,
      ).toBe(true);
    }),
  );
});
