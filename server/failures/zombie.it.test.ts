import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";

let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 41 });
});
afterAll(() => rig.close());

test("a process that sleeps past its time and wakes as a zombie writes nothing over its successor, and takes part again", async () => {
  const sleeper = await rig.start();
  await rig.speak();
  await rig.untilStored();
  // Put to sleep with records in hand that it has read and not stored.
  const before = sleeper.delivered().telemetry;
  await rig.speak();
  await until("it has read them", () => sleeper.delivered().telemetry > before);
  sleeper.signal("SIGSTOP");

  const successor = await rig.start();
  for (let round = 0; round < 3; round++) await rig.speak();
  await rig.untilStored();
  expect(successor.delivered().telemetry).toBe(rig.sent.telemetry);

  sleeper.signal("SIGCONT");
  for (let round = 0; round < 3; round++) await rig.speak();
  const partitions = () =>
    [sleeper, successor].map(
      ({ status }) => status!.telemetry.sources.find(({ lagRecords }) => lagRecords >= 0)?.partitions,
    );
  await until("both share the partitions again", () => partitions().every((count) => count === 1));
  await until("and both run", () =>
    [sleeper, successor].every(
      ({ status }) => status!.telemetry.state === "running" && status!.changes.state === "running",
    ),
  );
  await expectFoldOfLog(rig);
}, 240_000);
