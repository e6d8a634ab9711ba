import { noOutcomes, type OutcomeCounts } from "../../contracts/outcome.ts";
import type { LogRecord } from "./read-log.ts";

/** A vehicle as it must be: newest value of each measure with its time, and the times of all its positions. */
export type ExpectedVehicle = {
  seenMs: number;
  measures: Record<string, { value: unknown; timeMs: number }>;
  position: { latitude: number; longitude: number; timeMs: number } | null;
  record: { partition: number; offset: string };
  track: number[];
};

export type ReadingsFold = {
  counts: OutcomeCounts;
  vehicles: Record<string, ExpectedVehicle>;
  /** Reason by place, `topic~partition~offset`. */
  rejected: Record<string, string>;
  historyRows: number;
};

const FUTURE_MS = 5 * 60_000;
const MEASURES = ["speedKmh", "coolantC"] as const;
type Reading = { schema: string; vehicleId?: string; time: string; source: string; readingId: string } & Record<
  string,
  unknown
>;
type Vehicle = { expected: ExpectedVehicle; identities: Set<string> };

/** What the readings in the log come to, said as plainly as can be: no chunks, no columns, no memory that forgets. */
export function foldReadings(records: readonly LogRecord[]): ReadingsFold {
  const counts = noOutcomes();
  const vehicles = new Map<string, Vehicle>();
  const rejected: ReadingsFold["rejected"] = {};
  for (const record of records) {
    counts.delivered += 1;
    if (record.value === null) {
      counts.ignored += 1;
      continue;
    }
    const read = readOne(record.value.toString(), record.timestampMs);
    if (typeof read === "string") {
      counts.rejected += 1;
      rejected[`${record.topic}~${record.partition}~${record.offset}`] = read;
      continue;
    }
    const vehicle = vehicles.get(read.vehicleId!) ?? newVehicle();
    vehicles.set(read.vehicleId!, vehicle);
    counts[foldOne(vehicle, read, record)] += 1;
  }
  const entries = [...vehicles].map(([id, { expected }]): [string, ExpectedVehicle] => {
    expected.track.sort((a, b) => a - b);
    return [id, expected];
  });
  return { counts, vehicles: Object.fromEntries(entries), rejected, historyRows: counts.applied + counts.late };
}

/** The reading, or why there is none. */
function readOne(text: string, timestampMs: number): Reading | string {
  if (text === "") return "empty_value";
  let reading: Reading;
  try {
    reading = JSON.parse(text) as Reading;
  } catch {
    return "not_json";
  }
  if (reading.schema !== "reading.v1") return "unknown_envelope";
  if (reading.vehicleId === undefined) return "missing_key";
  if (reading.speedKmh !== undefined && typeof reading.speedKmh !== "number") return "contract_violation";
  return Date.parse(reading.time) > timestampMs + FUTURE_MS ? "time_in_future" : reading;
}

const newVehicle = (): Vehicle => ({
  expected: { seenMs: -Infinity, measures: {}, position: null, record: { partition: -1, offset: "" }, track: [] },
  identities: new Set(),
});

function foldOne({ expected, identities }: Vehicle, reading: Reading, at: LogRecord) {
  const identity = `${reading.source} ${reading.readingId}`;
  if (identities.has(identity)) return "repeated";
  identities.add(identity);
  const timeMs = Date.parse(reading.time);
  let hasMoved = timeMs > expected.seenMs;
  if (hasMoved) {
    expected.seenMs = timeMs;
    expected.record = { partition: at.partition, offset: String(at.offset) };
  }
  for (const name of MEASURES) {
    const known = expected.measures[name];
    if (reading[name] === undefined || (known && timeMs <= known.timeMs)) continue;
    expected.measures[name] = { value: reading[name], timeMs };
    hasMoved = true;
  }
  if (reading.latitude !== undefined) {
    expected.track.push(timeMs);
    if (!expected.position || timeMs > expected.position.timeMs) {
      const { latitude, longitude } = reading as unknown as { latitude: number; longitude: number };
      expected.position = { latitude, longitude, timeMs };
      hasMoved = true;
    }
  }
  return hasMoved ? "applied" : "late";
}
