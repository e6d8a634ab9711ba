import { expect, test } from "vitest";
import { CanonicalReadings } from "../server/connectors/canonical/readings.ts";
import { crc32c } from "../server/embedded/broker/log/crc32c.ts";
import { IdTable } from "../server/pipeline/telemetry/id-table.ts";
import { ReadingRows } from "../server/pipeline/telemetry/reading-rows.ts";
import { PreparedBatch } from "./prepared-batch.ts";
import { readingText } from "./reading.ts";

const VEHICLES = 115;
const SENTINEL = 7;
const [CRC_AT, CRC_FROM] = [17, 21];

const aBatch = () =>
  new PreparedBatch(
    Array.from({ length: VEHICLES }, (_, vehicle) => {
      const id = `T${String(vehicle).padStart(6, "0")}`;
      return { key: id, value: readingText(id, { latitude: 30 + vehicle / 1e3, longitude: -99 + vehicle / 1e3 }) };
    }),
  );

/** The texts between the brackets, and those whose bracket was taken. */
const textsOf = ({ bytes }: PreparedBatch): string[] => bytes.toString("latin1").match(/[{x]"schema"[^}]*}/g) ?? [];

/** How many readings the tower's own reader takes. */
function countTaken(texts: readonly string[], nowMs: number) {
  const [readings, rows, ids] = [new CanonicalReadings(), new ReadingRows(), new IdTable()];
  const isTaken = (text: string) => {
    rows.reserve(1);
    const rejection = readings.read(Buffer.from(text), nowMs, rows, ids);
    if (!rejection) rows.count += 1;
    return rejection === null;
  };
  return texts.filter(isTaken).length;
}

test("after every patch the batch has the checksum of its bytes, and nearly all of its readings keep the contract", () => {
  const batch = aBatch();
  let taken = 0;
  const rounds = 60;
  for (let round = 0; round < rounds; round++) {
    const nowMs = Date.UTC(2026, 7, 19) + round * 7_000;
    batch.patch({ nowMs, round, stepE7: 15_750 });
    expect(batch.bytes.readUInt32BE(CRC_AT)).toBe(crc32c(batch.bytes, CRC_FROM, batch.bytes.length));
    const texts = textsOf(batch);
    expect(texts).toHaveLength(VEHICLES);
    taken += countTaken(texts, nowMs);
  }
  expect(taken).toBeGreaterThan(rounds * VEHICLES * 0.99);
  expect(taken).toBeLessThan(rounds * VEHICLES);
});

test("a sentinel stops and goes in turn, and always with the time of its round", () => {
  const batch = aBatch();
  const speeds: number[] = [];
  for (let round = 0; round < 40; round++) {
    const nowMs = Date.UTC(2026, 7, 19) + round * 7_000;
    batch.patch({ nowMs, round, stepE7: 15_750 });
    const reading = JSON.parse(textsOf(batch)[SENTINEL]!) as { time: string; speedKmh: number };
    expect(reading.time).toBe(new Date(nowMs).toISOString());
    speeds.push(reading.speedKmh);
  }
  expect(speeds).toEqual(speeds.map((_, round) => (round % 2 === 0 ? 64.5 : 0)));
});
