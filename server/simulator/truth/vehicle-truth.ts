import { isoTime } from "../../platform/clock.ts";
import { MEASURES, PLACE, toJsonValue } from "../fleet/measures.ts";
import type { Reading } from "../outgoing.ts";

export type TrueMeasure = { value: number | boolean | number[]; time: string };
export type TrueVehicle = {
  id: string;
  seen: string;
  position: { latitude: number; longitude: number; time: string } | null;
  measures: Record<string, TrueMeasure>;
};

const WIDTH = MEASURES.length;

/** The newest value of every measure of every vehicle, each with its own time: a source may send one at a time. */
export class VehicleTruth {
  readonly #ids: (string | undefined)[];
  readonly #values: Float64Array;
  readonly #times: Float64Array;

  constructor(vehicles: number) {
    this.#ids = new Array<string | undefined>(vehicles);
    this.#values = new Float64Array(vehicles * WIDTH);
    this.#times = new Float64Array(vehicles * WIDTH).fill(-Infinity);
  }

  /** An older value never replaces a newer one. True if anything became newer: else the reading was late. */
  fold({ vehicle, vehicleId, timeMs, mask, values }: Reading): boolean {
    this.#ids[vehicle] = vehicleId;
    let moved = false;
    for (let place = 0; place < WIDTH; place++) {
      const at = vehicle * WIDTH + place;
      if ((mask & (1 << place)) === 0 || timeMs <= this.#times[at]!) continue;
      this.#times[at] = timeMs;
      this.#values[at] = values[place]!;
      moved = true;
    }
    return moved;
  }

  *vehicles(): Generator<TrueVehicle> {
    for (const [index, id] of this.#ids.entries()) if (id !== undefined) yield this.#tell(index, id);
  }

  #tell(index: number, id: string): TrueVehicle {
    const measures: Record<string, TrueMeasure> = {};
    let seenMs = -Infinity;
    for (const [place, { name }] of MEASURES.entries()) {
      const timeMs = this.#times[index * WIDTH + place]!;
      if (timeMs === -Infinity) continue;
      seenMs = Math.max(seenMs, timeMs);
      measures[name] = { value: toJsonValue(place, this.#values[index * WIDTH + place]!), time: isoTime(timeMs) };
    }
    const { latitude, longitude, ...others } = measures;
    const position = latitude && longitude ? this.#position(index, latitude.time) : null;
    return { id, seen: isoTime(seenMs), position, measures: others };
  }

  #position(index: number, time: string) {
    const values = this.#values.subarray(index * WIDTH, (index + 1) * WIDTH);
    return { latitude: values[PLACE.latitude]!, longitude: values[PLACE.longitude]!, time };
  }
}
