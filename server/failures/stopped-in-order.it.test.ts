import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";

/** Longer than the test waits: only a member that left of its own accord lets another in before. */
const SESSION_MS = 120_000;
let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 131 });
  for (const lane of [rig.settings.telemetry, rig.settings.changes])
    lane.timing = { ...lane.timing, sessionTimeoutMs: SESSION_MS };
});
afterAll(() => rig.close());

test("a process asked to end under load finishes its chunk, stores what it holds, leaves the group, and the next goes on at once", async () => {
  let isDone = false;
  const speaking = (async () => {
    while (!isDone) {
      await rig.speak();
      await delay(50);
    }
  })();
  for (let turn = 0; turn < 3; turn++) {
    const lanes = await rig.start();
    const before = lanes.delivered().telemetry;
    await until("it reads", () => lanes.delivered().telemetry > before);
    const held = lanes.delivered();
    expect(await lanes.stop()).toBe(0);
    const [stored] = await rig.db.$queryRaw<{ telemetry: number }[]>`
      select sum((counters ->> 'delivered')::int)::int as telemetry from consumer_offset where lane = 'telemetry'`;
    expect(stored!.telemetry).toBeGreaterThanOrEqual(held.telemetry);
  }
  isDone = true;
  await speaking;
  await expectFoldOfLog(rig);
}, 240_000);
