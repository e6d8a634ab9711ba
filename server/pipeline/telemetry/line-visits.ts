import type { VisitTold } from "../../contracts/live-room.ts";
import type { FactRecord } from "../../domain/business-object.ts";
import {
  type Crossing,
  followStays,
  type Position,
  type Stay,
  type StayChange,
} from "../../domain/visit/follow-stays.ts";
import { type Visit, visitKey } from "../../domain/visit/visit.ts";
import { columnOf, LATITUDE, LONGITUDE, POSITION_MASK, STRIDE } from "./columns.ts";
import type { FenceIndex } from "./fence-index.ts";
import type { IdTable } from "./id-table.ts";
import { APPLIED, type ReadingRows } from "./reading-rows.ts";
import type { VehicleColumns } from "./vehicle-columns.ts";

/** A position that is less exact says nothing about fences. Stored in tenths of a metre. */
const ACCURACY_MAX = 100 * 10;
const ACCURACY = columnOf("accuracyM");
const ACCURACY_BIT = 1 << ACCURACY;
const PER_DEGREE = 1e7;

/** A visit as it is stored: the open ones of a partition are the state that a line begins with. */
export type StoredVisit = Visit & {
  /** Since when the vehicle is outside and may be leaving, and the reading that showed it. */
  outsideMs: number | null;
  outsideRecord: FactRecord | null;
};

type Place = { topic: string; partition: number };

/**
 * Who is in which fence, for the vehicles of one partition. It follows the positions that were applied, by event time:
 * a late or a repeated one moves nothing. What changed is kept for the next checkpoint and for the web side.
 */
export class LineVisits {
  #fences: FenceIndex;
  readonly #place: Place;
  readonly #ids: IdTable;
  readonly #stays: (readonly Stay[] | undefined)[] = [];
  /** The one object that positions are asked with: a new one for each would be the collector's. */
  readonly #position: Position = { latitude: 0, longitude: 0, timeMs: 0, offset: 0, recordedMs: 0 };
  /** Time of the newest position of each vehicle. */
  #newestMs = new Float64Array(1024).fill(Number.NEGATIVE_INFINITY);
  #changed = new Map<string, StoredVisit>();
  #told: VisitTold[] = [];

  constructor(fences: FenceIndex, ids: IdTable, place: Place) {
    this.#fences = fences;
    this.#ids = ids;
    this.#place = place;
  }

  reserve(vehicles: number): void {
    while (this.#stays.length < vehicles) this.#stays.push(undefined);
    if (vehicles <= this.#newestMs.length) return;
    const larger = new Float64Array(Math.max(vehicles, this.#newestMs.length * 2)).fill(Number.NEGATIVE_INFINITY);
    larger.set(this.#newestMs);
    this.#newestMs = larger;
  }

  /** Follows rows `[from, rows.count)`, whose outcome is known. */
  follow(rows: ReadingRows, from: number): void {
    const { outcome, mask, timeMs, vehicle, values } = rows;
    this.reserve(this.#ids.size);
    for (let row = from; row < rows.count; row++) {
      if (outcome[row] !== APPLIED || (mask[row]! & POSITION_MASK) !== POSITION_MASK) continue;
      const index = vehicle[row]!;
      if (timeMs[row]! <= this.#newestMs[index]!) continue;
      this.#newestMs[index] = timeMs[row]!;
      if ((mask[row]! & ACCURACY_BIT) !== 0 && values[row * STRIDE + ACCURACY]! > ACCURACY_MAX) continue;
      this.#follow(index, rows, row);
    }
  }

  /** Begins with the open visits that were stored. Vehicles stand where the recovered columns say. */
  restore(visits: readonly StoredVisit[], vehicles: VehicleColumns): void {
    this.reserve(this.#ids.size);
    for (let vehicle = 0; vehicle < this.#ids.size; vehicle++) {
      this.#newestMs[vehicle] = vehicles.hasPosition(vehicle)
        ? vehicles.positionTimeMs(vehicle)
        : Number.NEGATIVE_INFINITY;
    }
    for (const visit of visits) {
      const vehicle = this.#ids.find(visit.vehicleId);
      if (vehicle === null) continue;
      const fence = this.#fences.get(visit.fenceId);
      if (fence === null) {
        const leftMs = this.#endMs(vehicle, visit.enteredMs);
        this.#note({ ...visit, leftMs, leftRecord: null, outsideMs: null, outsideRecord: null }, true);
        continue;
      }
      const { enteredMs, record } = visit;
      const at = { offset: Number(record.offset), recordedMs: record.timestampMs };
      const stay: Stay = { fence, enteredMs, outside: outsideOf(visit), ...at };
      this.#stays[vehicle] = [...(this.#stays[vehicle] ?? []), stay];
    }
  }

  /** From now on these fences count. Whoever was in one that is gone has left it; the shape of the others is asked next time. */
  setFences(fences: FenceIndex): void {
    this.#fences = fences;
    for (const [vehicle, stays] of this.#stays.entries()) {
      if (stays === undefined) continue;
      const kept: Stay[] = [];
      for (const stay of stays) {
        const fence = fences.get(stay.fence.id);
        if (fence === null) {
          const visit = this.#visitOf(vehicle, { ...stay, outside: null }, null);
          this.#note({ ...visit, leftMs: this.#endMs(vehicle, stay.enteredMs) }, true);
        } else kept.push({ ...stay, fence });
      }
      this.#stays[vehicle] = kept.length > 0 ? kept : undefined;
    }
  }

  /** What changed since the last cut, each visit once. */
  takeChanged(): StoredVisit[] {
    const changed = [...this.#changed.values()];
    this.#changed = new Map();
    return changed;
  }

  /** Visits that began or ended since the last call. */
  takeTold(): VisitTold[] {
    if (this.#told.length === 0) return this.#told;
    const told = this.#told;
    this.#told = [];
    return told;
  }

  /** A reader that knows nothing has come: it is told who is where. */
  tellAll(): void {
    for (const [vehicle, stays] of this.#stays.entries()) {
      for (const stay of stays ?? []) this.#told.push(toTold(this.#visitOf(vehicle, stay, null)));
    }
  }

  #follow(vehicle: number, rows: ReadingRows, row: number): void {
    const position = this.#position;
    position.latitude = rows.values[row * STRIDE + LATITUDE]! / PER_DEGREE;
    position.longitude = rows.values[row * STRIDE + LONGITUDE]! / PER_DEGREE;
    const near = this.#fences.near(position.latitude, position.longitude);
    const before = this.#stays[vehicle];
    if (near.length === 0 && before === undefined) return;
    position.timeMs = rows.timeMs[row]!;
    position.offset = rows.offset[row]!;
    position.recordedMs = rows.recordedMs[row]!;
    const followed = followStays(before, near, position);
    if (followed === null) return;
    this.#stays[vehicle] = followed.stays.length > 0 ? followed.stays : undefined;
    for (const change of followed.changes) this.#noteChange(vehicle, change);
  }

  #noteChange(vehicle: number, { stay, left }: StayChange): void {
    const visit = this.#visitOf(vehicle, stay, left);
    const hasBegun = stay.enteredMs === this.#position.timeMs;
    this.#note(visit, hasBegun || left !== null);
  }

  #note(visit: StoredVisit, isNews: boolean): void {
    this.#changed.set(visitKey(visit), visit);
    if (isNews) this.#told.push(toTold(visit));
  }

  #visitOf(vehicle: number, stay: Stay, left: Crossing | null): StoredVisit {
    const outside = left === null ? stay.outside : null;
    return {
      vehicleId: this.#ids.id(vehicle),
      fenceId: stay.fence.id,
      enteredMs: stay.enteredMs,
      leftMs: left?.timeMs ?? null,
      outsideMs: outside?.timeMs ?? null,
      record: this.#recordOf(stay),
      leftRecord: left && this.#recordOf(left),
      outsideRecord: outside && this.#recordOf(outside),
    };
  }

  #recordOf({ offset, recordedMs }: Pick<Crossing, "offset" | "recordedMs">): FactRecord {
    return { ...this.#place, offset: String(offset), timestampMs: recordedMs };
  }

  #endMs(vehicle: number, enteredMs: number): number {
    return Math.max(enteredMs, this.#newestMs[vehicle]!);
  }
}

const toTold = ({ outsideMs: _, outsideRecord: __, ...visit }: StoredVisit): VisitTold => visit;

/** Without the reading that shows it nothing is said to be outside: the next one will show it. */
function outsideOf({ outsideMs, outsideRecord }: StoredVisit): Crossing | null {
  if (outsideMs === null || outsideRecord === null) return null;
  return { timeMs: outsideMs, offset: Number(outsideRecord.offset), recordedMs: outsideRecord.timestampMs };
}
