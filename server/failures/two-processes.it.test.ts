import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";
import type { LanesChild } from "./rig/lanes-child.ts";

let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 31 });
});
afterAll(() => rig.close());

const partitionsOf = (lanes: LanesChild): number => lanes.status?.telemetry.sources[0]?.partitions ?? 0;

test("processes that come, share, go and are killed under load: no record is lost between them and none counts twice", async () => {
  let isDone = false;
  const speaking = (async () => {
    while (!isDone) {
      await rig.speak();
      await delay(100);
    }
  })();
  const first = await rig.start();
  await until("the first has all partitions", () => partitionsOf(first) === 2);
  const second = await rig.start();
  await until("each has one", () => partitionsOf(first) === 1 && partitionsOf(second) === 1);
  expect(await first.stop()).toBe(0);
  await until("the second has taken over", () => partitionsOf(second) === 2);
  const third = await rig.start();
  await until("they share again", () => partitionsOf(second) === 1 && partitionsOf(third) === 1);
  await second.kill();
  await until("the third has all that the killed one held", () => partitionsOf(third) === 2);
  isDone = true;
  await speaking;
  await expectFoldOfLog(rig);
}, 240_000);
