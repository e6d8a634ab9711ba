import type { CellFrame, VehicleFrame } from "@/server/contracts/decode-frame.ts";
import { MOTIONS, SERVICES } from "@/server/contracts/vehicle.ts";
import { withRoom } from "@/server/contracts/with-room.ts";
import type { LiveVehicle } from "./live-state.ts";

/** What a frame changed: the vehicles it named, or everything after a snapshot or a new dictionary. */
export type FleetChange = { kind: "vehicles"; indices: Uint32Array } | { kind: "picture" } | { kind: "cells" };

const NONE_SHOWN = 0;

/**
 * The browser's columns of the vehicles it is being told of. A vehicle's place in every column is its place in the
 * dictionary of this epoch. `shown` says who belongs to the picture of the joined tiles.
 */
export class FleetStore {
  epoch: number | null = null;
  ids: string[] = [];
  lngE7 = new Int32Array(0);
  latE7 = new Int32Array(0);
  timeMs = new Float64Array(0);
  heading = new Uint8Array(0);
  speed = new Uint8Array(0);
  status = new Uint8Array(0);
  shown = new Uint8Array(0);
  cells: CellFrame | null = null;

  readonly #indexById = new Map<string, number>();
  readonly #listeners = new Set<(change: FleetChange) => void>();

  subscribe = (listener: (change: FleetChange) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  indexOf(id: string): number | null {
    return this.#indexById.get(id) ?? null;
  }

  /** A new epoch means a new dictionary: no number of the old one may label a vehicle any more. */
  learn(epoch: number, first: number, ids: readonly string[]): void {
    if (epoch !== this.epoch) this.#forget(epoch);
    for (const [offset, id] of ids.entries()) {
      this.ids[first + offset] = id;
      this.#indexById.set(id, first + offset);
    }
    this.#grow(this.ids.length);
  }

  apply(frame: VehicleFrame | CellFrame): void {
    if (frame.kind === "cells") {
      this.cells = frame;
      this.#tell({ kind: "cells" });
      return;
    }
    if (frame.kind === "snapshot") this.shown.fill(NONE_SHOWN);
    for (let position = 0; position < frame.index.length; position++) this.#place(frame, position);
    this.#tell(frame.kind === "snapshot" ? { kind: "picture" } : { kind: "vehicles", indices: frame.index });
  }

  vehicle(id: string): LiveVehicle | null {
    const index = this.#indexById.get(id);
    if (index === undefined || !this.shown[index]) return null;
    const status = this.status[index]!;
    return {
      id,
      latitude: this.latE7[index]! / 1e7,
      longitude: this.lngE7[index]! / 1e7,
      headingDeg: (this.heading[index]! * 360) / 256,
      speedKmh: this.speed[index]!,
      motion: MOTIONS[status & 15] ?? "offline",
      service: SERVICES[status >> 4] ?? "none",
      timeMs: this.timeMs[index]!,
    };
  }

  #place(frame: VehicleFrame, position: number): void {
    const index = frame.index[position]!;
    if (index >= this.shown.length) return;
    const timeMs = frame.serverMs - frame.ageMs[position]!;
    const status = frame.status[position]!;
    this.status[index] = status;
    // At level 0 only exceptions are told singly; one that is none any more is told a last time so that it can go.
    this.shown[index] = frame.level !== 0 || isException(status) ? 1 : 0;
    if (timeMs < this.timeMs[index]!) return;
    this.timeMs[index] = timeMs;
    this.lngE7[index] = frame.lngE7[position]!;
    this.latE7[index] = frame.latE7[position]!;
    this.heading[index] = frame.heading[position]!;
    this.speed[index] = frame.speed[position]!;
  }

  #forget(epoch: number): void {
    this.epoch = epoch;
    this.ids = [];
    this.#indexById.clear();
    this.timeMs.fill(0);
    this.shown.fill(NONE_SHOWN);
    this.#tell({ kind: "picture" });
  }

  #grow(count: number): void {
    this.lngE7 = withRoom(this.lngE7, count);
    this.latE7 = withRoom(this.latE7, count);
    this.timeMs = withRoom(this.timeMs, count);
    this.heading = withRoom(this.heading, count);
    this.speed = withRoom(this.speed, count);
    this.status = withRoom(this.status, count);
    this.shown = withRoom(this.shown, count);
  }

  #tell(change: FleetChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

const isException = (status: number) => {
  const service = SERVICES[status >> 4];
  return service === "at_risk" || service === "late" || service === "critical";
};
