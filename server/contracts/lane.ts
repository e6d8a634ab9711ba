import type { LaneName } from "./dead-letter.ts";
import type { OutcomeCounts } from "./outcome.ts";

/** One subscribed topic as its lane sees it. Times are milliseconds since 1970; `null` is "not known yet". */
export type SourceStatus = {
  topic: string;
  connector: string;
  lane: LaneName;
  partitions: number;
  lagRecords: number;
  behindMs: number | null;
  /** Kafka timestamp of the newest record seen. */
  lastRecordAt: number | null;
  /** Smoothed interval between chunks with records: ten times this is "silent". */
  usualIntervalMs: number | null;
  records: OutcomeCounts;
};

export type LaneStatus = {
  lane: LaneName;
  state: "running" | "paused" | "stopped";
  /** Why it is not running, in words for an operator. */
  reason: string | null;
  lagRecords: number;
  behindMs: number;
  recordsPerSecond: number;
  records: OutcomeCounts;
  sources: SourceStatus[];
  /** While what was stored by an older program is read again in the background: how many rows have been. */
  rowsReadAgain?: number;
};

/**
 * The vehicles of one partition that changed since its last chunk, newest state each, as struct of arrays.
 * `index` counts in the order the partition met its vehicles; `newIds` are the ids from `firstId` on that this reader
 * has not been told. A new `epoch` starts a new count (the partition was claimed again).
 */
export type ChangeChunk = {
  partition: number;
  epoch: string;
  firstId: number;
  newIds: string[];
  count: number;
  index: Int32Array;
  /** Event time of the newest position, milliseconds. */
  timeMs: Float64Array;
  /** Event time of the newest reading of any kind, milliseconds. */
  seenMs: Float64Array;
  lngE7: Int32Array;
  latE7: Int32Array;
  /** 256ths of a turn. */
  heading: Uint8Array;
  /** km/h, at most 255. */
  speed: Uint8Array;
  /** 0 moving, 1 idling, 2 stopped; 128 added while no position is known. */
  motion: Uint8Array;
};

/** The present of one vehicle, all measures, as its line holds it. */
export type VehicleState = {
  id: string;
  seenMs: number;
  position: { latitude: number; longitude: number; timeMs: number; headingDeg?: number; speedKmh?: number } | null;
  moving: "moving" | "idling" | "stopped";
  measures: Record<string, { value: number | boolean | number[] | string; timeMs: number }>;
  record: { topic: string; partition: number; offset: string; timestampMs: number };
};

export type TrackReading = { timeMs: number; latitude: number; longitude: number; speedKmh?: number };

/** One reading of a vehicle as it is kept: all measures it said, and where its record stands in the vehicle's partition. */
export type StoredReading = {
  timeMs: number;
  measures: Record<string, number | boolean | number[]>;
  /** `other` for one that this version has no name for. */
  event?: string;
  record: { offset: string; timestampMs: number };
};

/** What the web side asks of the telemetry lane. */
export type TelemetryQueries = {
  /** Readings of a vehicle within the bounds, in order, history and unsaved together, at most `limit`. */
  readings(vehicleId: string, fromMs: number, toMs: number, limit: number): Promise<StoredReading[]>;
  /** The fleet as the readings up to the moment make it: the vehicles known by then, newest state each. */
  fleetAt(atMs: number): Promise<ChangeChunk[]>;
  /** The same moment of some vehicles, all measures. Those that were not known by then are left out. */
  vehiclesAt(ids: readonly string[], atMs: number): Promise<VehicleState[]>;
  /** Unknown ids are left out. */
  vehicles(ids: readonly string[]): Promise<VehicleState[]>;
  /** Position readings of a vehicle within the bounds, ascending, history and unsaved together, at most `limit`. */
  track(vehicleId: string, fromMs: number, toMs: number, limit: number): Promise<TrackReading[]>;
  /** Readings of one measure, ascending, thinned to at most `pointsMax` (extremes kept). */
  series(
    vehicleId: string,
    measures: readonly string[],
    fromMs: number,
    toMs: number,
    pointsMax: number,
  ): Promise<Record<string, { timeMs: number; value: number }[]>>;
};
