import { afterAll, beforeAll, expect, test } from "vitest";
import { CanonicalReadings } from "../connectors/canonical/readings.ts";
import { noOutcomes, type Outcome } from "../contracts/outcome.ts";
import { READINGS_TOPIC, REPLAYS_TOPIC } from "../contracts/topics.ts";
import { buildTelemetry } from "../pipeline/build.ts";
import { buildChangesPipeline } from "../pipeline/build-changes.ts";
import type { TelemetryStep } from "../pipeline/telemetry/reading-chunk.ts";
import { createLogger } from "../platform/logger.ts";
import { claimOffsets } from "../store/offsets.ts";
import { ChangesLine } from "../stream/changes-line.ts";
import { LaneConsumer } from "../stream/consume.ts";
import { createTelemetryLines } from "../threads/telemetry-lines.ts";
import { type FailureRig, failureRig, READING_PARTITIONS, until } from "./rig/failure-rig.ts";
import { aReading } from "./rig/some-readings.ts";

const logger = createLogger("fold-throws", "silent");
const POISONED_SPEED = 66;
let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 141 });
});
afterAll(() => rig.close());

/** A step with a defect: it folds by half and then fails at one speed. */
const failsAtOneSpeed: TelemetryStep = ({ records, from }) => {
  for (const { value } of records.slice(from))
    if (value?.includes(`"speedKmh":${POISONED_SPEED},`)) throw new TypeError("cannot read what is not there");
};

test("a reading that makes the fold fail costs itself alone: it becomes a dead letter, and its partition goes on", async () => {
  const lines = createTelemetryLines({
    ...{ database: rig.db, readingsTopic: READINGS_TOPIC, replaysTopic: REPLAYS_TOPIC, logger },
    dropped: () => {},
    steps: [...buildTelemetry({ read: new CanonicalReadings().read }), failsAtOneSpeed],
  });
  const consumer = new LaneConsumer({
    ...{ kafka: rig.kafka, logger, groupId: "fold-throws" },
    topics: () => [READINGS_TOPIC, REPLAYS_TOPIC],
    lineOf: (_topic, partition) => `p${partition}`,
    ...{ load: lines.load, lost: lines.lost, drop: lines.drop, drain: async () => {} },
    timing: { fetchWaitMs: 50, retryMs: 50, retryMsMax: 200 },
  });
  const seconds = Array.from({ length: 100 }, (_, second) => second);
  for (let partition = 0; partition < READING_PARTITIONS; partition++)
    await rig.send(
      READINGS_TOPIC,
      seconds.map((second) => ({ ...aReading(`T${partition}`, second), partition })),
    );
  await consumer.start();
  const counts = () =>
    [...lines.owned.values()].reduce((sum, { line }) => sum + line.counters(READINGS_TOPIC).delivered, 0);
  await until("all is read", () => counts() === READING_PARTITIONS * seconds.length);
  expect(consumer.status().state).toBe("running");
  for (const { keeper, line } of lines.owned.values()) {
    await keeper.save();
    expect(line.counters(READINGS_TOPIC)).toMatchObject({ delivered: 100, applied: 99, rejected: 1 });
    expect(line.vehicle(`T${line.partition}`)).toMatchObject({ position: { speedKmh: 99 } });
  }
  const letters = await rig.db.deadLetter.findMany();
  expect(letters.map(({ reason, stage, recordOffset }) => [reason, stage, recordOffset])).toEqual(
    Array.from({ length: READING_PARTITIONS }, () => ["not_foldable", "apply", BigInt(POISONED_SPEED)]),
  );
  expect(letters[0]!.message).toContain("cannot read what is not there");
  await consumer.stop();
}, 240_000);

test("a change that makes the fold fail is tried again first, and then costs itself alone", async () => {
  const [claimed] = await claimOffsets(rig.db, "changes", [{ topic: "sap.LIKP", partition: 0 }]);
  const rejected: string[] = [];
  let attempts = 0;
  const line = new ChangesLine({
    claimed: claimed!,
    pipeline: buildChangesPipeline({ isMine: () => true, decoderOf: () => () => ({ kind: "ignored" }) }),
    connectorOf: () => "sap-qlik",
    async store(chunk, toMove) {
      attempts += 1;
      if (chunk.ignored.some(({ record }) => record.offset === 5n)) throw new TypeError("cannot fold this one");
      rejected.push(...chunk.rejected.map(({ letter }) => `${letter.offset} ${letter.reason}`));
      const outcomes = new Map<number, Outcome>();
      for (const { place } of chunk.ignored) outcomes.set(place, "ignored");
      for (const { entry } of chunk.rejected) outcomes.set(entry.place, "rejected");
      toMove(outcomes);
      return outcomes;
    },
    isStored: async () => false,
    isUnstorable: () => false,
    stored: () => {},
  });
  const messages = Array.from({ length: 10 }, (_, offset) => ({
    ...{ offset: String(offset), timestamp: "0", key: null, value: Buffer.from("{}"), attributes: 0, size: 2 },
  }));
  await expect(line.run("sap.LIKP", messages, 0, 9)).rejects.toThrow("cannot fold");
  await expect(line.run("sap.LIKP", messages, 0, 9)).rejects.toThrow("cannot fold");
  expect(attempts).toBe(2);
  await line.run("sap.LIKP", messages, 0, 9);
  expect(rejected).toEqual(["5 not_foldable"]);
  expect(line.counters).toEqual({ ...noOutcomes(), delivered: 10, ignored: 9, rejected: 1 });
  expect(line.expected()).toBe(10);
});
