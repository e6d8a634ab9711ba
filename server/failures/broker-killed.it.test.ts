import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";

let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 21 });
});
afterAll(() => rig.close());

test("a broker killed under load and started again: the lanes say so, join again by themselves, and end with the fold of the log", async () => {
  const lanes = await rig.start();
  for (let round = 0; round < 4; round++) await rig.speak();
  await until("something is read", () => lanes.delivered().telemetry > 0);

  await rig.broker.kill();
  await until("both lanes say what is missing", () =>
    [lanes.status!.telemetry, lanes.status!.changes].every(
      ({ state, reason }) => state === "paused" && /broker/.test(reason ?? ""),
    ),
  );
  await rig.broker.start();
  await until("the sources are heard again", () =>
    rig.speak().then(
      () => true,
      () => false,
    ),
  );
  for (let round = 0; round < 3; round++) await rig.speak();
  await rig.untilStored();
  expect(lanes.status).toMatchObject({ telemetry: { state: "running" }, changes: { state: "running" } });
  await expectFoldOfLog(rig);
}, 240_000);
