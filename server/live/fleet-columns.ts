import type { FleetIndex, FleetPage, FleetQuery } from "../contracts/fleet.ts";
import type { ChangeChunk } from "../contracts/lane.ts";
import type { TowerPulse } from "../contracts/socket.ts";
import { MOTIONS, SERVICES, type Service } from "../contracts/vehicle.ts";
import { withRoom } from "../contracts/with-room.ts";
import { findVehicles, IdOrder } from "./find-vehicles.ts";

export const OFFLINE_AFTER_MS = 15 * 60_000;

const NO_POSITION = 128;
const OFFLINE = MOTIONS.indexOf("offline");
const NO_SERVICE = SERVICES.indexOf("none");
const EVENT_TIMES_KEPT_MAX = 512;

export type VehicleNow = {
  latitude: number;
  longitude: number;
  timeMs: number;
  speedKmh: number;
  isMoving: boolean;
};

/** How one partition numbers its vehicles: position in its count to position in ours. */
type PartitionNumbers = { epoch: string; toIndex: number[] };

/**
 * The web side's own picture of the fleet, one place per vehicle in every column. It is folded from change chunks and
 * never moves a vehicle back in time, whatever order they come in: a vehicle that two partitions report is one vehicle
 * by its id, and the newest event time wins. A vehicle's place is its number on the wire within `epoch`.
 */
export class FleetColumns implements FleetIndex {
  /** Differs between processes, so that a restarted server cannot mislabel a vehicle in an open browser. */
  readonly epoch: number;
  readonly ids: string[] = [];
  lngE7 = new Int32Array(0);
  latE7 = new Int32Array(0);
  timeMs = new Float64Array(0);
  seenMs = new Float64Array(0);
  heading = new Uint8Array(0);
  speed = new Uint8Array(0);
  /** `motion + 16 * service`, as on the wire. */
  status = new Uint8Array(0);
  hasPosition = new Uint8Array(0);

  /** Motion as last reported, kept under `offline` so that one word from the vehicle brings it back. */
  #reported = new Uint8Array(0);
  #changed = new Uint8Array(0);
  #changes: number[] = [];
  #eventTimes: number[] = [];
  readonly #byId = new Map<string, number>();
  readonly #partitions = new Map<number, PartitionNumbers>();
  readonly #order = new IdOrder();
  readonly #motionCounts = new Int32Array(MOTIONS.length);
  readonly #serviceCounts = new Int32Array(SERVICES.length);

  constructor(epoch: number) {
    this.epoch = epoch;
  }

  /** `nowMs` is where the lane stands in time: behind the clock while it catches up, or all would be offline. */
  fold(chunk: ChangeChunk, nowMs: number): void {
    const { toIndex } = this.#numbersOf(chunk);
    for (const [offset, id] of chunk.newIds.entries()) toIndex[chunk.firstId + offset] = this.#indexOf(id);
    for (let position = 0; position < chunk.count; position++) {
      const index = toIndex[chunk.index[position]!];
      if (index === undefined) throw new Error(`partition ${chunk.partition} reports a vehicle it has not named`);
      this.#foldMotion(index, chunk.seenMs[position]!, chunk.motion[position]! & ~NO_POSITION, nowMs);
      if ((chunk.motion[position]! & NO_POSITION) === 0) this.#foldPosition(index, chunk, position);
    }
  }

  /** A partition that will not be spoken of again under this number. Its vehicles stay as they are. */
  forget(partition: number): void {
    this.#partitions.delete(partition);
  }

  /** Declares silent vehicles offline. Cheap enough to run over the whole fleet every second. */
  sweep(nowMs: number): void {
    const silentSinceMs = nowMs - OFFLINE_AFTER_MS;
    for (let index = 0; index < this.ids.length; index++)
      if (this.seenMs[index]! < silentSinceMs) this.#setStatus(index, OFFLINE, this.status[index]! >> 4);
  }

  setService(id: string, service: Service): void {
    const index = this.#byId.get(id);
    if (index !== undefined) this.#setStatus(index, this.status[index]! & 15, SERVICES.indexOf(service));
  }

  /** The vehicles that changed since the last call, each once. */
  takeChanges(): number[] {
    const changes = this.#changes;
    for (const index of changes) this.#changed[index] = 0;
    this.#changes = [];
    return changes;
  }

  /** Event times of the positions folded since the last call; a sample when there were many. */
  takeEventTimes(): number[] {
    const times = this.#eventTimes;
    this.#eventTimes = [];
    return times;
  }

  counts(): TowerPulse["fleet"] {
    const motion = (name: (typeof MOTIONS)[number]) => this.#motionCounts[MOTIONS.indexOf(name)]!;
    const service = (name: Service) => this.#serviceCounts[SERVICES.indexOf(name)]!;
    return {
      vehicles: this.ids.length,
      moving: motion("moving"),
      idling: motion("idling"),
      stopped: motion("stopped"),
      offline: motion("offline"),
      onTime: service("on_time"),
      atRisk: service("at_risk"),
      late: service("late"),
      critical: service("critical"),
    };
  }

  find(query: FleetQuery): FleetPage {
    return findVehicles(this, this.#order.upTo(this.ids), query);
  }

  /** Where a vehicle is now; `null` while it has told no position. */
  vehicleNow(id: string): VehicleNow | null {
    const index = this.#byId.get(id);
    if (index === undefined || !this.hasPosition[index]) return null;
    return {
      latitude: this.latE7[index]! / 1e7,
      longitude: this.lngE7[index]! / 1e7,
      timeMs: this.seenMs[index]!,
      speedKmh: this.speed[index]!,
      isMoving: MOTIONS[this.status[index]! & 15] === "moving",
    };
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  size(): number {
    return this.ids.length;
  }

  #numbersOf(chunk: ChangeChunk): PartitionNumbers {
    const known = this.#partitions.get(chunk.partition);
    if (known?.epoch === chunk.epoch) return known;
    const fresh: PartitionNumbers = { epoch: chunk.epoch, toIndex: [] };
    this.#partitions.set(chunk.partition, fresh);
    return fresh;
  }

  #indexOf(id: string): number {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const index = this.ids.push(id) - 1;
    if (index >= this.status.length) this.#grow(this.ids.length);
    this.#byId.set(id, index);
    this.status[index] = OFFLINE + 16 * NO_SERVICE;
    this.#motionCounts[OFFLINE]!++;
    this.#serviceCounts[NO_SERVICE]!++;
    return index;
  }

  #foldMotion(index: number, seenMs: number, motion: number, nowMs: number): void {
    if (seenMs < this.seenMs[index]!) return;
    this.seenMs[index] = seenMs;
    this.#reported[index] = motion;
    const current = seenMs < nowMs - OFFLINE_AFTER_MS ? OFFLINE : this.#reported[index]!;
    this.#setStatus(index, current, this.status[index]! >> 4);
  }

  #foldPosition(index: number, chunk: ChangeChunk, position: number): void {
    const timeMs = chunk.timeMs[position]!;
    if (this.hasPosition[index] && timeMs <= this.timeMs[index]!) return;
    this.hasPosition[index] = 1;
    this.timeMs[index] = timeMs;
    this.lngE7[index] = chunk.lngE7[position]!;
    this.latE7[index] = chunk.latE7[position]!;
    this.heading[index] = chunk.heading[position]!;
    this.speed[index] = chunk.speed[position]!;
    if (this.#eventTimes.length < EVENT_TIMES_KEPT_MAX) this.#eventTimes.push(timeMs);
    this.#touch(index);
  }

  #setStatus(index: number, motion: number, service: number): void {
    const before = this.status[index]!;
    const after = motion + 16 * service;
    if (before === after) return;
    this.#motionCounts[before & 15]!--;
    this.#serviceCounts[before >> 4]!--;
    this.#motionCounts[motion]!++;
    this.#serviceCounts[service]!++;
    this.status[index] = after;
    this.#touch(index);
  }

  #touch(index: number): void {
    if (this.#changed[index]) return;
    this.#changed[index] = 1;
    this.#changes.push(index);
  }

  #grow(count: number): void {
    this.lngE7 = withRoom(this.lngE7, count);
    this.latE7 = withRoom(this.latE7, count);
    this.timeMs = withRoom(this.timeMs, count);
    this.seenMs = withRoom(this.seenMs, count);
    this.heading = withRoom(this.heading, count);
    this.speed = withRoom(this.speed, count);
    this.status = withRoom(this.status, count);
    this.hasPosition = withRoom(this.hasPosition, count);
    this.#reported = withRoom(this.#reported, count);
    this.#changed = withRoom(this.#changed, count);
  }
}
