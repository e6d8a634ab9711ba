import { partitionOf } from "../server/simulator/partition.ts";
import { openRawProducer } from "./raw-producer.ts";
import { encodeBatch } from "./record-batch.ts";

export const FLEET = 165_000;
const BATCH_RECORDS = 115;
const INTERVAL_MS = 7000;

/**
 * Fills a topic with readings of a whole fleet, one of each vehicle in turn, as a fleet of trucks sends them: 327 bytes
 * of JSON a reading, a known few of them late, repeated and broken. Returns how many were sent.
 */
export async function fillReadings(options: {
  broker: string;
  topic: string;
  partitions: number;
  records: number;
}): Promise<number> {
  const { partitions, records } = options;
  const producer = await openRawProducer(options.broker, options.topic);
  const vehicles: string[][] = Array.from({ length: partitions }, () => []);
  for (let index = 0; index < FLEET; index++) {
    const id = `T${String(index).padStart(6, "0")}`;
    vehicles[partitionOf(id, partitions)]!.push(id);
  }
  let sent = 0;
  let timeMs = Date.now() - Math.ceil(records / FLEET) * INTERVAL_MS;
  for (let round = 0; sent < records; round++, timeMs += INTERVAL_MS) {
    const longest = Math.max(...vehicles.map((ids) => ids.length));
    for (let from = 0; from < longest && sent < records; from += BATCH_RECORDS) {
      const batches = vehicles.flatMap((ids, partition) => {
        const chunk = ids
          .slice(from, from + BATCH_RECORDS)
          .map((id) => ({ key: id, value: reading(id, round, timeMs) }));
        sent += chunk.length;
        return chunk.length > 0 ? [{ partition, batch: encodeBatch(chunk, timeMs) }] : [];
      });
      await producer.send(batches);
    }
  }
  producer.close();
  return sent;
}

function reading(id: string, round: number, timeMs: number): string {
  const kind = roll(10_000);
  if (kind < 8) return `{"schema":"reading.v1","vehicleId":"${id}"`; // broken off
  const isLate = kind < 48;
  const isRepeated = kind >= 48 && kind < 78 && round > 0;
  const time = new Date(isLate ? timeMs - 30_000 : isRepeated ? timeMs - INTERVAL_MS : timeMs).toISOString();
  const name = isRepeated ? round - 1 : round;
  const latitude = (30 + roll(15_000_000) / 1e6).toFixed(7);
  const longitude = (-(75 + roll(24_000_000) / 1e6)).toFixed(7);
  return `{"schema":"reading.v1","vehicleId":"${id}","time":"${time}","source":"canonical","readingId":"r${String(name).padStart(8, "0")}${isLate ? "L" : ""}","latitude":${latitude},"longitude":${longitude},"headingDeg":${roll(360)},"speedKmh":${roll(900) / 10},"odometerM":${512_000_000 + round * 150},"ignition":true,"engineRpm":${800 + roll(1200)},"coolantC":${80 + roll(150) / 10},"oilPressureKpa":${300 + roll(90)},"batteryV":${13 + roll(100) / 100},"fuelPct":${roll(1000) / 10}}`;
}

let state = 42;
/** The same numbers in every run. */
function roll(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
