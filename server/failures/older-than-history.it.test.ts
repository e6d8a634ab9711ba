import { afterAll, beforeAll, expect, test } from "vitest";
import { READINGS_TOPIC } from "../contracts/topics.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig } from "./rig/failure-rig.ts";
import { aReading } from "./rig/some-readings.ts";

const DAY_S = 86_400;
let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 61 });
});
afterAll(() => rig.close());

test("readings older than all history are kept and move nobody back; a truck that knows nothing newer stands where they say", async () => {
  await rig.start();
  await rig.speak();
  const now = String(Date.parse("2026-08-19T15:00:00Z"));
  // Weeks, months and years ago, of a truck that has spoken since, and of one that has not.
  const ages = [2, 45, 400, 2000].map((days) => -days * DAY_S);
  const old = ["T0-1", "forgotten"].flatMap((id) => [...ages, ...ages.slice(-1)].map((second) => aReading(id, second)));
  await rig.send(
    READINGS_TOPIC,
    [aReading("T0-1", 500), ...old].map((message) => ({ ...message, timestamp: now, partition: 0 })),
  );
  await rig.untilStored();
  await rig.speak();
  await expectFoldOfLog(rig);
  const parts = await rig.db.$queryRaw<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'history_segment'::regclass`;
  expect(parts.length).toBeLessThan(40); // one for each day that is kept, none for the days the readings speak of
}, 240_000);
