import type { FleetStore } from "../live/fleet-store.ts";
import { MARK_OF_STATUS, MARKS } from "./vehicle-marks.ts";

/**
 * Bytes of one vehicle, as the GPU reads them: `f32 from lng, lat, to lng, lat`, `f32` second the glide began,
 * `u8 mark, u8 heading, u8 glide in quarter seconds, u8 shown`.
 */
export const VEHICLE_BYTES = 24;
const FLOATS = VEHICLE_BYTES / 4;
const MARK = 20;
const HEADING = 21;
const GLIDE = 22;
const SHOWN = 23;

const GLIDE_S_MIN = 0.25;
const GLIDE_S_MAX = 20;
/** Farther than this is no movement but a correction, or a vehicle that was silent: it jumps. */
const GLIDE_DEGREES_MAX = 0.5;
const GAP_S_MAX = 120;

/**
 * The one buffer all vehicles are drawn from; a vehicle's place is its number in the dictionary. A report only says
 * where a vehicle glides to and for how long: the GPU does the gliding, so motion costs no JavaScript.
 */
export class VehicleBuffer {
  bytes = new Uint8Array(0);
  /** Vehicles the GPU has to look at: the highest number and one. */
  count = 0;
  /** How many of each mark are shown. */
  readonly shownByMark = new Int32Array(MARKS.length);
  /** Second until which something glides. */
  glidesUntilS = 0;

  #floats = new Float32Array(0);
  /** Event time of the position each vehicle glides to. */
  #fixMs = new Float64Array(0);
  #dirtyFrom = Number.POSITIVE_INFINITY;
  #dirtyTo = -1;

  /** Takes over what the store knows of these vehicles, or of all. Without `glide` they jump. */
  update(store: FleetStore, indices: Uint32Array | null, nowS: number, glide: boolean): void {
    this.#grow(store.ids.length);
    if (indices) for (const index of indices) this.#place(store, index, nowS, glide);
    else for (let index = 0; index < this.count; index++) this.#place(store, index, nowS, glide);
  }

  /** Longitude and latitude on the screen now. */
  positionAt(index: number, nowS: number): [number, number] {
    const at = index * FLOATS;
    const floats = this.#floats;
    const share = this.#shareOfGlide(index, nowS);
    return [
      floats[at]! + (floats[at + 2]! - floats[at]!) * share,
      floats[at + 1]! + (floats[at + 3]! - floats[at + 1]!) * share,
    ];
  }

  isShown(index: number): boolean {
    return index < this.count && this.bytes[index * VEHICLE_BYTES + SHOWN] === 255;
  }

  markOf(index: number): number {
    return this.bytes[index * VEHICLE_BYTES + MARK]!;
  }

  get isDirty(): boolean {
    return this.#dirtyTo >= 0;
  }

  /** The range of vehicles that changed since the last call, or `null`. */
  takeDirty(): { from: number; to: number } | null {
    if (this.#dirtyTo < 0) return null;
    const range = { from: this.#dirtyFrom, to: this.#dirtyTo };
    this.#dirtyFrom = Number.POSITIVE_INFINITY;
    this.#dirtyTo = -1;
    return range;
  }

  /** Vehicles shown within a distance of a point, the nearest first; distances in degrees by axis. */
  near(lng: number, lat: number, reachLng: number, reachLat: number, nowS: number): number[] {
    const found: { index: number; distance: number }[] = [];
    for (let index = 0; index < this.count; index++) {
      if (this.bytes[index * VEHICLE_BYTES + SHOWN] === 0) continue;
      const [x, y] = this.positionAt(index, nowS);
      const distance = ((x - lng) / reachLng) ** 2 + ((y - lat) / reachLat) ** 2;
      if (distance <= 1) found.push({ index, distance });
    }
    return found.sort((a, b) => a.distance - b.distance).map(({ index }) => index);
  }

  #place(store: FleetStore, index: number, nowS: number, glide: boolean): void {
    const at = index * VEHICLE_BYTES;
    const wasShown = this.bytes[at + SHOWN] === 255;
    const isShown = store.shown[index] === 1;
    if (!wasShown && !isShown) return;
    this.#touch(index);
    if (wasShown) this.shownByMark[this.bytes[at + MARK]!]!--;
    this.bytes[at + SHOWN] = isShown ? 255 : 0;
    if (!isShown) return;
    const mark = MARK_OF_STATUS[store.status[index]!]!;
    this.shownByMark[mark]!++;
    this.bytes[at + MARK] = mark;
    this.bytes[at + HEADING] = store.heading[index]!;
    const fixMs = store.timeMs[index]!;
    const gapS = (fixMs - this.#fixMs[index]!) / 1000;
    if (wasShown && gapS === 0) return;
    this.#fixMs[index] = fixMs;
    const glides = wasShown && glide && gapS > 0 && gapS <= GAP_S_MAX;
    this.#glide(index, store.lngE7[index]! / 1e7, store.latE7[index]! / 1e7, nowS, glides ? gapS : 0);
  }

  /** From where it is seen now, over the time that lay between its reports. Thousands a frame: it allocates nothing. */
  #glide(index: number, lng: number, lat: number, nowS: number, gapS: number): void {
    const at = index * FLOATS;
    const floats = this.#floats;
    const share = this.#shareOfGlide(index, nowS);
    const seenLng = floats[at]! + (floats[at + 2]! - floats[at]!) * share;
    const seenLat = floats[at + 1]! + (floats[at + 3]! - floats[at + 1]!) * share;
    const far = Math.abs(seenLng - lng) + Math.abs(seenLat - lat) > GLIDE_DEGREES_MAX;
    const glideS = gapS === 0 || far ? 0 : Math.max(GLIDE_S_MIN, Math.min(GLIDE_S_MAX, gapS));
    floats[at] = glideS === 0 ? lng : seenLng;
    floats[at + 1] = glideS === 0 ? lat : seenLat;
    floats[at + 2] = lng;
    floats[at + 3] = lat;
    floats[at + 4] = nowS;
    this.bytes[index * VEHICLE_BYTES + GLIDE] = Math.round(glideS * 4);
    this.glidesUntilS = Math.max(this.glidesUntilS, nowS + glideS);
  }

  /** How much of its way a vehicle has made, from 0 to 1. */
  #shareOfGlide(index: number, nowS: number): number {
    const glideS = this.bytes[index * VEHICLE_BYTES + GLIDE]! / 4;
    return glideS === 0 ? 1 : Math.max(0, Math.min(1, (nowS - this.#floats[index * FLOATS + 4]!) / glideS));
  }

  #touch(index: number): void {
    this.#dirtyFrom = Math.min(this.#dirtyFrom, index);
    this.#dirtyTo = Math.max(this.#dirtyTo, index);
  }

  #grow(count: number): void {
    this.count = Math.max(this.count, count);
    if (count * VEHICLE_BYTES <= this.bytes.length) return;
    const capacity = Math.max(1024, 2 ** Math.ceil(Math.log2(count)));
    const bytes = new Uint8Array(capacity * VEHICLE_BYTES);
    bytes.set(this.bytes);
    this.bytes = bytes;
    this.#floats = new Float32Array(bytes.buffer);
    const fixMs = new Float64Array(capacity);
    fixMs.set(this.#fixMs);
    this.#fixMs = fixMs;
  }
}
