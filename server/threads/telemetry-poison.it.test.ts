import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "../store/client.ts";
import type { Message } from "../stream/kafka.ts";
import { createTelemetryLane, type TelemetryLane } from "./telemetry-lane.ts";
import { aReading, type TelemetryWorld, telemetryWorld, until } from "./telemetry-testing.ts";

let world: TelemetryWorld;
let db: Database;
let lane: TelemetryLane;

beforeAll(async () => {
  world = await telemetryWorld(1);
  db = openDatabase(world.database.url, 2);
  lane = createTelemetryLane(world.settings);
  await lane.start();
});
afterAll(async () => {
  await lane.stop();
  await db.$disconnect();
  await world.close();
});

const POISON: [reason: string, message: Message][] = [
  ["not_json", { key: "T1", value: "\u0000\u0001 not json", headers: { source: "gateway 7" } }],
  ["not_json", { key: null, value: '{"schema":"reading.v1"' }],
  ["unknown_envelope", { value: '{"schema":"reading.v9","vehicleId":"T1"}' }],
  ["missing_key", aReading("T1", 1, { vehicleId: undefined })],
  ["contract_violation", aReading("T1", 1, { speedKmh: "fast", fuelPct: 1e300 })],
  ["time_in_future", aReading("T1", 1, { time: "2099-01-01T00:00:00.000Z" })],
  ["empty_value", { value: "" }],
  ["not_json", { value: "{", headers: { source: "text with\u0000NUL" } }],
];

test("each poisoned record is a dead letter with its reason and its bytes, and the good ones around it pass", async () => {
  const messages = POISON.flatMap(([, message], index) => [message, aReading("T1", 10 + index)]);
  await world.produce(0, [...messages, { key: "T1", value: null }]);
  const { records } = await until("all is read", () => {
    const status = lane.status();
    return status.records.delivered === messages.length + 1 && status;
  });
  expect(records).toMatchObject({ applied: POISON.length, rejected: POISON.length, ignored: 1 });
  const letters = await until("all are stored", async () => {
    const rows = await db.deadLetter.findMany({ orderBy: { recordOffset: "asc" } });
    return rows.length === POISON.length && rows;
  });
  POISON.forEach(([reason, message], index) => {
    const letter = letters[index]!;
    expect(letter).toMatchObject({
      reason,
      status: "open",
      recordOffset: BigInt(index * 2),
      topic: world.readingsTopic,
    });
    expect(Buffer.from(letter.value!).toString()).toBe(String(message.value));
    expect(letter.key && Buffer.from(letter.key).toString()).toBe(message.key ?? null);
  });
  expect(letters[0]!.headers).toEqual({ source: "gateway 7" });
  expect(letters[7]!.headers).toEqual({ source: "text with\ufffdNUL" });
  expect(letters[4]!.fields).toMatchObject([{ path: "/speedKmh" }, { path: "/fuelPct" }]);
  expect(await db.outbox.count({ where: { topic: "tower.dead-letters" } })).toBe(POISON.length);
});
