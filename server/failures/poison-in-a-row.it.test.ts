import { afterAll, beforeAll, expect, test } from "vitest";
import { READINGS_TOPIC } from "../contracts/topics.ts";
import { createRandom } from "../simulator/random.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig } from "./rig/failure-rig.ts";
import { aPoisonedReading, aReading } from "./rig/some-readings.ts";

let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 11 });
}, 240_000);
afterAll(() => rig.close());

test("hundreds of poisoned records in a row, in both lanes, stop nobody: each is told, and the good ones after them pass", async () => {
  const random = createRandom(11, 9);
  await rig.start();
  const poison = Array.from({ length: 300 }, (_, second) => aPoisonedReading(random, "T0-0", second));
  const torn = Array.from({ length: 300 }, (_, n) => ({ partition: 0, value: `{"message":${n}` }));
  await rig.send(
    READINGS_TOPIC,
    [...poison, aReading("T0-0", 400), ...poison].map((message) => ({ ...message, partition: 0 })),
  );
  await rig.send("sap.LIKP", torn);
  await rig.speak();
  await expectFoldOfLog(rig);
  const { rejected } = await rig.totals();
  expect(rejected).toBeGreaterThan(900);
}, 240_000);
