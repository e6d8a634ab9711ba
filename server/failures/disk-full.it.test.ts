import { afterAll, beforeAll, expect, test } from "vitest";
import { READINGS_TOPIC } from "../contracts/topics.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";
import { aReading } from "./rig/some-readings.ts";

const KILOBYTES_MAX = 256;
let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 81 });
});
afterAll(() => rig.close());

test("a broker whose disk is full refuses, is read on all the same, and is heard again once there is room", async () => {
  const lanes = await rig.start();
  await rig.speak();
  await rig.broker.kill("SIGTERM");
  await rig.broker.start({ fileKilobytesMax: KILOBYTES_MAX });
  await until("the broker takes records", () => said(rig.speak()));
  const filler = "x".repeat(40_000);
  let second = 500;
  await until("the disk is full", async () => {
    second += 1;
    const message = { ...aReading("T0-0", second, { note: filler }), partition: 0 };
    return !(await said(rig.send(READINGS_TOPIC, [message])));
  });
  // What queues up for the broker waits in the database; what stands in the log is read.
  await until("all that stands in the log is read", async () => {
    const { telemetry, changes } = lanes.status!;
    return telemetry.lagRecords === 0 && changes.lagRecords === 0 && telemetry.state === "running";
  });
  await rig.broker.kill("SIGTERM");
  await rig.broker.start();
  await until("the sources are heard again", () => said(rig.speak()));
  await expectFoldOfLog(rig);
  expect(second).toBeGreaterThan(501);
}, 240_000);

const said = (speaking: Promise<void>): Promise<boolean> =>
  speaking.then(
    () => true,
    () => false,
  );
