import type { ChangeChunk } from "../contracts/lane.ts";
import { FleetColumns } from "./fleet-columns.ts";

/** One line of a chunk, in words; a vehicle without coordinates has said no position. */
export type Report = {
  id: string;
  timeMs: number;
  lng?: number;
  lat?: number;
  motion?: 0 | 1 | 2;
  speed?: number;
  heading?: number;
};

/** Numbers vehicles as the partition of a lane does, and packs reports as the lane would. */
export class PartitionFixture {
  readonly #numbers = new Map<string, number>();

  constructor(
    readonly partition = 0,
    readonly epoch = "one",
  ) {}

  chunk(reports: readonly Report[]): ChangeChunk {
    const firstId = this.#numbers.size;
    for (const { id } of reports) if (!this.#numbers.has(id)) this.#numbers.set(id, this.#numbers.size);
    const e7 = (degrees: number | undefined) => Math.round((degrees ?? 0) * 1e7);
    return {
      partition: this.partition,
      epoch: this.epoch,
      firstId,
      newIds: [...this.#numbers.keys()].slice(firstId),
      count: reports.length,
      index: Int32Array.from(reports, ({ id }) => this.#numbers.get(id)!),
      timeMs: Float64Array.from(reports, ({ timeMs }) => timeMs),
      seenMs: Float64Array.from(reports, ({ timeMs }) => timeMs),
      lngE7: Int32Array.from(reports, ({ lng }) => e7(lng)),
      latE7: Int32Array.from(reports, ({ lat }) => e7(lat)),
      heading: Uint8Array.from(reports, ({ heading }) => heading ?? 0),
      speed: Uint8Array.from(reports, ({ speed }) => speed ?? 0),
      motion: Uint8Array.from(reports, ({ motion, lng }) => (motion ?? 0) + (lng === undefined ? 128 : 0)),
    };
  }
}

export const NOW_MS = Date.UTC(2026, 7, 19, 14, 30);

/** A fleet that has heard these reports from one partition. */
export function aFleet(reports: readonly Report[], nowMs = NOW_MS): FleetColumns {
  const fleet = new FleetColumns(1);
  fleet.fold(new PartitionFixture().chunk(reports), nowMs);
  return fleet;
}
