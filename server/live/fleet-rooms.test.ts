import { expect, test } from "vitest";
import { decodeFrame } from "../contracts/decode-frame.ts";
import { mercatorX, mercatorY, tileAt } from "../contracts/tiles.ts";
import { FleetColumns } from "./fleet-columns.ts";
import { FleetRooms, type RoomFrame } from "./fleet-rooms.ts";
import { NOW_MS, PartitionFixture, type Report } from "./testing.ts";

const tile = (zoom: number, lng: number, lat: number) => tileAt(zoom, mercatorX(lng), mercatorY(lat));
const CHICAGO = { lng: -87.6, lat: 41.9 };

function aWorld() {
  const fleet = new FleetColumns(1);
  const partition = new PartitionFixture();
  const rooms = new FleetRooms(fleet);
  const hear = (...reports: Report[]) => fleet.fold(partition.chunk(reports), NOW_MS);
  const idsIn = (frame: Uint8Array) => {
    const decoded = decodeFrame(frame);
    if (!decoded || decoded.kind === "cells") throw new Error("expected vehicles");
    return [...decoded.index].map((index) => fleet.ids[index]);
  };
  const told = (frames: RoomFrame[], room: string) =>
    frames
      .filter((each) => each.room === room && decodeFrame(each.frame)?.kind !== "cells")
      .flatMap(({ frame }) => idsIn(frame));
  return { fleet, rooms, hear, idsIn, told };
}

const seconds = (n: number) => NOW_MS - 60_000 + n * 1000;

test("joining gives every vehicle of the view's tiles and no other", () => {
  const { rooms, hear, idsIn } = aWorld();
  hear(
    { id: "in", timeMs: seconds(0), ...CHICAGO },
    { id: "out", timeMs: seconds(0), lng: 10, lat: 50 },
    { id: "nowhere", timeMs: seconds(0) },
  );
  const view = { level: 2 as const, tiles: [tile(8, CHICAGO.lng, CHICAGO.lat)] };
  expect(rooms.snapshot(view, NOW_MS).flatMap(idsIn)).toEqual(["in"]);
});

test("at level 2 every fix is told, at level 1 only a real movement or a change of status", () => {
  const { rooms, hear, told } = aWorld();
  hear({ id: "A", timeMs: seconds(0), ...CHICAGO });
  const near = rooms.join({ level: 2, tiles: [tile(8, CHICAGO.lng, CHICAGO.lat)] });
  const far = rooms.join({ level: 1, tiles: [tile(5, CHICAGO.lng, CHICAGO.lat)] });
  rooms.frames(NOW_MS);
  hear({ id: "A", timeMs: seconds(1), lng: CHICAGO.lng + 0.0005, lat: CHICAGO.lat });
  let frames = rooms.frames(NOW_MS);
  expect(told(frames, near)).toEqual(["A"]);
  expect(told(frames, far)).toEqual([]);
  hear({ id: "A", timeMs: seconds(2), lng: CHICAGO.lng + 0.0005, lat: CHICAGO.lat, motion: 2 });
  expect(told(rooms.frames(NOW_MS), far)).toEqual(["A"]);
  hear({ id: "A", timeMs: seconds(3), lng: CHICAGO.lng + 0.0095, lat: CHICAGO.lat, motion: 2 });
  frames = rooms.frames(NOW_MS);
  expect(told(frames, far)).toEqual(["A"]);
  expect(rooms.frames(NOW_MS)).toEqual([]);
});

test("a vehicle that changes tile is told to both, and once to a view that watches both", () => {
  const { rooms, hear, told } = aWorld();
  const west = { lng: 1.3, lat: 41.9 };
  const east = { lng: 1.5, lat: 41.9 };
  const tiles = { west: tile(8, west.lng, west.lat), east: tile(8, east.lng, east.lat) };
  expect(tiles.west).not.toBe(tiles.east);
  hear({ id: "A", timeMs: seconds(0), ...west });
  const left = rooms.join({ level: 2, tiles: [tiles.west] });
  const right = rooms.join({ level: 2, tiles: [tiles.east] });
  const both = rooms.join({ level: 2, tiles: [tiles.west, tiles.east] });
  rooms.frames(NOW_MS);
  hear({ id: "A", timeMs: seconds(1), ...east });
  const frames = rooms.frames(NOW_MS);
  expect([told(frames, left), told(frames, right), told(frames, both)]).toEqual([["A"], ["A"], ["A"]]);
});

test("two browsers with one view share a room, and it ends with the last of them", () => {
  const { rooms, hear } = aWorld();
  const view = { level: 2 as const, tiles: [tile(8, CHICAGO.lng, CHICAGO.lat)] };
  const room = rooms.join(view);
  expect(rooms.join({ ...view, tiles: [...view.tiles, ...view.tiles] })).toBe(room);
  hear({ id: "A", timeMs: seconds(0), ...CHICAGO });
  expect(rooms.frames(NOW_MS)).toHaveLength(1);
  rooms.leave(room);
  hear({ id: "A", timeMs: seconds(1), ...CHICAGO });
  expect(rooms.frames(NOW_MS)).toHaveLength(1);
  rooms.leave(room);
  hear({ id: "A", timeMs: seconds(2), ...CHICAGO });
  expect(rooms.frames(NOW_MS)).toEqual([]);
});

test("level 0 counts by hexagon and status, once a second, only when something changed", () => {
  const { rooms, hear } = aWorld();
  hear(
    { id: "A", timeMs: seconds(0), ...CHICAGO },
    { id: "B", timeMs: seconds(0), ...CHICAGO, motion: 2 },
    { id: "C", timeMs: seconds(0), lng: 10, lat: 50 },
  );
  const room = rooms.join({ level: 0, tiles: [] });
  const [frame, ...none] = rooms.frames(NOW_MS);
  expect(none).toEqual([]);
  expect(frame?.room).toBe(room);
  const cells = decodeFrame(frame!.frame);
  if (cells?.kind !== "cells") throw new Error("expected cells");
  expect([...cells.count].sort()).toEqual([1, 2]);
  const busy = [...cells.count].indexOf(2);
  expect(cells.moving[busy]).toBe(1);
  expect(Math.hypot(cells.lng[busy]! - CHICAGO.lng, cells.lat[busy]! - CHICAGO.lat)).toBeLessThan(0.6);
  hear({ id: "A", timeMs: seconds(1), lng: CHICAGO.lng + 3, lat: CHICAGO.lat });
  expect(rooms.frames(NOW_MS + 250)).toEqual([]);
  expect(rooms.frames(NOW_MS + 1000)).toHaveLength(1);
  expect(rooms.frames(NOW_MS + 2000)).toEqual([]);
});

test("at level 0 a vehicle with an exception is told singly, and a last time when it has none any more", () => {
  const { fleet, rooms, hear, told } = aWorld();
  hear({ id: "A", timeMs: seconds(0), ...CHICAGO }, { id: "B", timeMs: seconds(0), ...CHICAGO });
  const room = rooms.join({ level: 0, tiles: [] });
  rooms.frames(NOW_MS);
  fleet.setService("B", "critical");
  expect(told(rooms.frames(NOW_MS + 250), room)).toEqual(["B"]);
  hear({ id: "B", timeMs: seconds(1), lng: CHICAGO.lng + 0.01, lat: CHICAGO.lat });
  expect(told(rooms.frames(NOW_MS + 500), room)).toEqual([]);
  fleet.setService("B", "on_time");
  expect(told(rooms.frames(NOW_MS + 750), room)).toEqual(["B"]);
});
