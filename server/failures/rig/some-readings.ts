import type { Random } from "../../simulator/random.ts";
import type { Message } from "../../stream/kafka.ts";

export const START_MS = Date.UTC(2026, 7, 19, 14);
/** Farther back than the ring of a vehicle remembers, so that only the history can tell. */
const LONG_AGO = 12;

type Vehicle = { id: string; second: number; sent: Message[] };

/** A record of reading.v1 with its Kafka timestamp at its event time. */
export function aReading(vehicleId: string, second: number, over: Record<string, unknown> = {}): Message {
  const timeMs = Math.round(START_MS + second * 1000);
  const document = {
    ...{ schema: "reading.v1", vehicleId, time: new Date(timeMs).toISOString(), source: "rig" },
    readingId: `${vehicleId}-${second}`,
    latitude: 41 + (second % 1000) / 1e4,
    longitude: -88 + (second % 1000) / 1e4,
    ...{ speedKmh: Math.abs(Math.floor(second)) % 100, coolantC: Math.abs(Math.floor(second)) % 110, ...over },
  };
  return { key: vehicleId, value: JSON.stringify(document), timestamp: String(timeMs) };
}

const POISON: readonly ((id: string, second: number) => Message)[] = [
  (id) => ({ key: id, value: "not json" }),
  (id) => ({ key: id, value: "" }),
  (id) => ({ key: id, value: '{"schema":"reading.v9"}' }),
  (id, second) => aReading(id, second, { vehicleId: undefined }),
  (id, second) => aReading(id, second, { speedKmh: "fast" }),
  (id, second) => aReading(id, second, { time: "2099-01-01T00:00:00.000Z" }),
];

export const aPoisonedReading = (random: Random, id: string, second: number): Message => {
  const timestamp = String(START_MS + second * 1000);
  return { ...random.pick(POISON)(id, second), timestamp };
};

/** A fleet whose trucks repeat themselves, speak late, leave measures out, send heartbeats and sometimes nonsense. */
export function someReadings(random: Random, partitions: number, vehiclesEach = 6) {
  const fleet = Array.from({ length: partitions }, (_, partition) =>
    Array.from(
      { length: vehiclesEach },
      (_, index): Vehicle => ({ id: `T${partition}-${index}`, second: 0, sent: [] }),
    ),
  );

  function speak(vehicle: Vehicle): Message {
    const { id, sent } = vehicle;
    const chance = random.next();
    if (chance < 0.02) return { key: id, value: null, timestamp: String(START_MS) };
    if (chance < 0.06) return aPoisonedReading(random, id, vehicle.second);
    if (chance < 0.12 && sent.length > 0) return random.pick(sent.slice(-3));
    if (chance < 0.16 && sent.length > LONG_AGO) return random.pick(sent.slice(0, -LONG_AGO));
    if (chance < 0.22 && vehicle.second > 3) {
      // Between two full seconds and named by how much was sent by then, so that it is nothing known.
      return remember(vehicle, random.whole(1, vehicle.second) + 0.5, { readingId: `${id}-late-${sent.length}` });
    }
    vehicle.second += 1;
    const partial = { latitude: undefined, longitude: undefined, speedKmh: undefined };
    return remember(vehicle, vehicle.second, chance < 0.32 ? partial : {});
  }

  function remember(vehicle: Vehicle, second: number, over: Record<string, unknown>): Message {
    const message = aReading(vehicle.id, second, over);
    vehicle.sent.push(message);
    return message;
  }

  return {
    vehicleIds: fleet.flat().map(({ id }) => id),
    /** What every vehicle says in some seconds, by partition. */
    round: (records = 6): Message[][] =>
      fleet.map((vehicles) => Array.from({ length: records }, () => vehicles.map(speak)).flat()),
  };
}
