import { type FleetLevel, LEVEL_TILE_ZOOM } from "../contracts/frames.ts";
import { mercatorX, mercatorY, tileAt } from "../contracts/tiles.ts";
import { SERVICES } from "../contracts/vehicle.ts";
import { encodeCells, encodeVehicles } from "./encode-frame.ts";
import { cellAt, FleetCells } from "./fleet-cells.ts";
import type { FleetColumns } from "./fleet-columns.ts";

/** What a group of browsers looks at: they share one room, and one frame a tick. */
export type View = { level: FleetLevel; tiles: readonly number[] };
type Room = { name: string; view: View; members: number; due: number[] };
export type RoomFrame = { room: string; frame: Buffer };

/**
 * A vehicle is told again at these levels once it moved this far, in ten millionths of a degree: a good
 * pixel of the whole country, a third of one where level 1 is nearest, so that each report of a truck under way is seen. */
const MOVED_E7 = { 0: 500_000, 1: 10_000 } as const;
const CELLS_EVERY_MS = 1_000;
const NOWHERE = -1;

const isException = (status: number) => {
  const service = SERVICES[status >> 4];
  return service === "at_risk" || service === "late" || service === "critical";
};

/**
 * Who is told what, and when. Rooms are views, not tiles: a browser gets one frame a tick with the newest of each
 * vehicle in all its tiles. A vehicle that changes tile goes to the views of both, so that it leaves where it was.
 */
export class FleetRooms {
  readonly #fleet: FleetColumns;
  readonly #rooms = new Map<string, Room>();
  readonly #roomsByTile = { 1: new Map<number, Room[]>(), 2: new Map<number, Room[]>() };
  readonly #cells = new FleetCells();
  #cellsSentMs = 0;
  #numberOfRooms = 0;

  // Where each vehicle was when it was last placed, and where it was when each level was last told.
  #tile1 = new Int32Array(0);
  #tile2 = new Int32Array(0);
  #cell = new Int32Array(0);
  #status = new Uint8Array(0);
  #toldLng = { 0: new Int32Array(0), 1: new Int32Array(0) };
  #toldLat = { 0: new Int32Array(0), 1: new Int32Array(0) };

  constructor(fleet: FleetColumns) {
    this.#fleet = fleet;
  }

  /** Returns the name of the room of this view, which the caller leaves again with the same name. */
  join(view: View): string {
    const tiles = [...new Set(view.tiles)].sort((a, b) => a - b);
    const key = view.level === 0 ? "0" : `${view.level}:${tiles.join(",")}`;
    let room = this.#rooms.get(key);
    if (!room) {
      room = { name: `fleet:${++this.#numberOfRooms}`, view: { level: view.level, tiles }, members: 0, due: [] };
      this.#rooms.set(key, room);
      this.#watch(room);
    }
    room.members++;
    return room.name;
  }

  leave(name: string): void {
    for (const [key, room] of this.#rooms) {
      if (room.name !== name || --room.members > 0) continue;
      this.#rooms.delete(key);
      this.#unwatch(room);
    }
  }

  /** The whole picture of a view now: vehicles, and for level 0 the hexagons after them. */
  snapshot(view: View, nowMs: number): Buffer[] {
    this.#placeChanges();
    const { level, tiles } = view;
    if (level === 0) {
      const exceptions = this.#where((index) => isException(this.#status[index]!));
      const cells = encodeCells(nowMs, this.#cells.all());
      return [encodeVehicles("snapshot", 0, nowMs, this.#fleet, exceptions), cells];
    }
    const wanted = new Set(tiles);
    const tileOf = level === 1 ? this.#tile1 : this.#tile2;
    const inView = tiles.length === 0 ? [] : this.#where((index) => wanted.has(tileOf[index]!));
    return [encodeVehicles("snapshot", level, nowMs, this.#fleet, inView)];
  }

  /** The frames of this tick, one per room that has something to be told. */
  frames(nowMs: number): RoomFrame[] {
    this.#placeChanges();
    const frames: RoomFrame[] = [];
    for (const { name, view, due } of this.#rooms.values()) {
      if (due.length === 0) continue;
      frames.push({ room: name, frame: encodeVehicles("delta", view.level, nowMs, this.#fleet, due) });
      due.length = 0;
    }
    const overview = this.#rooms.get("0");
    if (overview && nowMs - this.#cellsSentMs >= CELLS_EVERY_MS && this.#cells.takeDirty()) {
      this.#cellsSentMs = nowMs;
      frames.push({ room: overview.name, frame: encodeCells(nowMs, this.#cells.all()) });
    }
    return frames;
  }

  #placeChanges(): void {
    this.#grow(this.#fleet.ids.length);
    for (const index of this.#fleet.takeChanges()) if (this.#fleet.hasPosition[index]) this.#place(index);
  }

  #place(index: number): void {
    const { lngE7, latE7, status } = this.#fleet;
    const x = mercatorX(lngE7[index]! / 1e7);
    const y = mercatorY(latE7[index]! / 1e7);
    const now = status[index]!;
    const before = this.#status[index]!;
    const isNew = this.#cell[index] === NOWHERE;
    const statusChanged = isNew || now !== before;
    this.#status[index] = now;
    this.#placeInCell(index, cellAt(x, y), before);

    if (isException(now) || isException(before)) {
      const overview = this.#rooms.get("0");
      if (overview && (statusChanged || this.#hasMoved(0, index))) this.#tell(overview, index, 0);
    }
    const tile1 = tileAt(LEVEL_TILE_ZOOM[1], x, y);
    if (statusChanged || tile1 !== this.#tile1[index] || this.#hasMoved(1, index)) {
      this.#tellTiles(1, index, this.#tile1[index]!, tile1);
      this.#setTold(1, index);
      this.#tile1[index] = tile1;
    }
    const tile2 = tileAt(LEVEL_TILE_ZOOM[2], x, y);
    this.#tellTiles(2, index, this.#tile2[index]!, tile2);
    this.#tile2[index] = tile2;
  }

  #placeInCell(index: number, cell: number, statusBefore: number): void {
    const before = this.#cell[index]!;
    const status = this.#status[index]!;
    if (cell === before && status === statusBefore) return;
    if (before !== NOWHERE) this.#cells.remove(before, statusBefore);
    this.#cells.add(cell, status);
    this.#cell[index] = cell;
  }

  #tellTiles(level: 1 | 2, index: number, before: number, now: number): void {
    for (const room of this.#roomsByTile[level].get(now) ?? []) this.#tell(room, index);
    if (before !== now) for (const room of this.#roomsByTile[level].get(before) ?? []) this.#tell(room, index);
  }

  #tell(room: Room, index: number, level?: 0): void {
    // A view that watches both tiles of a vehicle that moved between them is told once.
    if (room.due.at(-1) !== index) room.due.push(index);
    if (level === 0) this.#setTold(0, index);
  }

  #hasMoved(level: 0 | 1, index: number): boolean {
    const { lngE7, latE7 } = this.#fleet;
    const far = MOVED_E7[level];
    const toldLng = this.#toldLng[level][index]!;
    const toldLat = this.#toldLat[level][index]!;
    return Math.abs(lngE7[index]! - toldLng) > far || Math.abs(latE7[index]! - toldLat) > far;
  }

  #setTold(level: 0 | 1, index: number): void {
    this.#toldLng[level][index] = this.#fleet.lngE7[index]!;
    this.#toldLat[level][index] = this.#fleet.latE7[index]!;
  }

  #where(test: (index: number) => boolean): number[] {
    const found: number[] = [];
    for (let index = 0; index < this.#fleet.ids.length; index++)
      if (this.#fleet.hasPosition[index] && test(index)) found.push(index);
    return found;
  }

  #watch(room: Room): void {
    const { level, tiles } = room.view;
    if (level === 0) return;
    const rooms = this.#roomsByTile[level];
    for (const tile of tiles) rooms.set(tile, [...(rooms.get(tile) ?? []), room]);
  }

  #unwatch(room: Room): void {
    const { level, tiles } = room.view;
    if (level === 0) return;
    const rooms = this.#roomsByTile[level];
    for (const tile of tiles) {
      const left = (rooms.get(tile) ?? []).filter((other) => other !== room);
      if (left.length > 0) rooms.set(tile, left);
      else rooms.delete(tile);
    }
  }

  #grow(count: number): void {
    const old = this.#cell.length;
    if (count <= old) return;
    const capacity = Math.max(1024, 2 ** Math.ceil(Math.log2(count)));
    const larger = (column: Int32Array, fill: number) => {
      const fresh = new Int32Array(capacity).fill(fill, column.length);
      fresh.set(column);
      return fresh;
    };
    this.#tile1 = larger(this.#tile1, NOWHERE);
    this.#tile2 = larger(this.#tile2, NOWHERE);
    this.#cell = larger(this.#cell, NOWHERE);
    this.#toldLng = { 0: larger(this.#toldLng[0], 0), 1: larger(this.#toldLng[1], 0) };
    this.#toldLat = { 0: larger(this.#toldLat[0], 0), 1: larger(this.#toldLat[1], 0) };
    const status = new Uint8Array(capacity);
    status.set(this.#status);
    this.#status = status;
  }
}
