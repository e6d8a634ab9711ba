import { afterAll, beforeAll, expect, test } from "vitest";
import { READINGS_TOPIC } from "../contracts/topics.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";
import { aReading } from "./rig/some-readings.ts";

const HOUR_MS = 3_600_000;
let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 51 });
});
afterAll(() => rig.close());

test("clocks that are wrong, of trucks and of our own machines, change nothing in what the records come to", async () => {
  const ahead = await rig.start({}, { clockSkewMs: 2 * HOUR_MS });
  await rig.speak();
  await until("it is read", () => ahead.delivered().telemetry === rig.sent.telemetry);
  const behind = await rig.start({}, { clockSkewMs: -2 * HOUR_MS });
  await rig.speak();
  await rig.untilStored();

  // A truck a little ahead of its records is believed, one far ahead is turned away; then the first one's clock is set.
  const sent = (second: number) => String(Date.parse("2026-08-19T14:00:00Z") + second * 1000);
  await rig.send(
    READINGS_TOPIC,
    [
      { ...aReading("skewed", 1000), timestamp: sent(760) },
      { ...aReading("skewed", 2000), timestamp: sent(761) },
      { ...aReading("skewed", 762), timestamp: sent(762) },
      { ...aReading("skewed", 1001), timestamp: sent(1001) },
      { ...aReading("skewed", 1002), timestamp: sent(5) },
      { ...aReading("skewed", 1003), timestamp: sent(1003) },
    ].map((message) => ({ ...message, partition: 1 })),
  );
  await rig.untilStored();
  await ahead.kill();
  await rig.speak();
  await until("the other reads on", () => behind.delivered().telemetry === rig.sent.telemetry);
  await expectFoldOfLog(rig);
  const skewed = await rig.db.deadLetter.findMany({
    where: { reason: "time_in_future" },
    orderBy: { recordOffset: "asc" },
  });
  expect(skewed.filter(({ key }) => Buffer.from(key!).toString() === "skewed")).toHaveLength(2);
}, 240_000);
