import type { ChangeChunk } from "../../contracts/lane.ts";
import { HEADING, LATITUDE, LONGITUDE, SPEED } from "./columns.ts";
import type { IdTable } from "./id-table.ts";
import type { VehicleColumns } from "./vehicle-columns.ts";

const NO_POSITION = 128;
const TENTHS_IN_A_TURN = 3600;

/** Which vehicles of a partition have changed since its reader was last told, each once. */
export class ChangeFeed {
  #dirty = new Uint8Array(1024);
  #list: number[] = [];
  /** How many ids the reader has been told. */
  #toldIds = 0;

  constructor(
    private readonly partition: number,
    private readonly epoch: string,
    private readonly ids: IdTable,
    private readonly vehicles: VehicleColumns,
  ) {}

  mark = (vehicle: number): void => {
    if (vehicle >= this.#dirty.length) this.#grow(vehicle);
    if (this.#dirty[vehicle] === 1) return;
    this.#dirty[vehicle] = 1;
    this.#list.push(vehicle);
  };

  /** A reader that knows nothing has come: it is told all ids and the whole state. */
  markAll(): void {
    this.#toldIds = 0;
    for (let vehicle = 0; vehicle < this.ids.size; vehicle++) this.mark(vehicle);
  }

  /** What has changed since the last call, or `null`. */
  take(): ChangeChunk | null {
    const list = this.#list;
    if (list.length === 0) return null;
    const chunk = emptyChunk(this.partition, this.epoch, this.#toldIds, this.ids.idsFrom(this.#toldIds), list.length);
    for (let place = 0; place < list.length; place++) {
      const vehicle = list[place]!;
      this.#dirty[vehicle] = 0;
      writeVehicle(chunk, place, vehicle, this.vehicles);
    }
    this.#toldIds = this.ids.size;
    this.#list = [];
    return chunk;
  }

  #grow(vehicle: number): void {
    const larger = new Uint8Array(Math.max(this.#dirty.length, vehicle) * 2);
    larger.set(this.#dirty);
    this.#dirty = larger;
  }
}

/** Puts the present of a vehicle to its place in the chunk. `index` is how the chunk's reader counts it. */
export function writeVehicle(
  chunk: ChangeChunk,
  place: number,
  vehicle: number,
  vehicles: VehicleColumns,
  index = vehicle,
): void {
  chunk.index[place] = index;
  chunk.timeMs[place] = vehicles.positionTimeMs(vehicle);
  chunk.seenMs[place] = vehicles.columns.newestMs[vehicle]!;
  chunk.lngE7[place] = vehicles.stored(vehicle, LONGITUDE);
  chunk.latE7[place] = vehicles.stored(vehicle, LATITUDE);
  // A full turn is north again, which the 8 bits say by overflowing to zero.
  chunk.heading[place] = Math.round((vehicles.stored(vehicle, HEADING) / TENTHS_IN_A_TURN) * 256);
  chunk.speed[place] = Math.min(255, Math.round(vehicles.stored(vehicle, SPEED) / 10));
  chunk.motion[place] = vehicles.motion(vehicle) | (vehicles.hasPosition(vehicle) ? 0 : NO_POSITION);
}

export const emptyChunk = (
  partition: number,
  epoch: string,
  firstId: number,
  newIds: string[],
  count: number,
): ChangeChunk => ({
  partition,
  epoch,
  firstId,
  newIds,
  count,
  index: new Int32Array(count),
  timeMs: new Float64Array(count),
  seenMs: new Float64Array(count),
  lngE7: new Int32Array(count),
  latE7: new Int32Array(count),
  heading: new Uint8Array(count),
  speed: new Uint8Array(count),
  motion: new Uint8Array(count),
});
