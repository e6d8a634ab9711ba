import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createRandom } from "../simulator/random.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig } from "./rig/failure-rig.ts";
import "../testing/services.ts";

/** More of them by `npm run verify:kills`. */
const kills = inject("kills");
const SECONDS_EACH = 30;
let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: Date.now() % 1_000_000 });
});
afterAll(() => rig.close());

test(
  `a process killed ${kills} times at random moments, under load, ends with the fold of the log`,
  async () => {
    const random = createRandom(Date.now() % 1_000_000, 3);
    let isDone = false;
    const speaking = (async () => {
      while (!isDone) {
        await rig.speak();
        await delay(50);
      }
    })();
    for (let kill = 0; kill < kills; kill++) {
      const lanes = await rig.start();
      const before = lanes.exited;
      await delay(random.between(300, 4000));
      await lanes.kill();
      expect(await before).toBe("SIGKILL");
    }
    isDone = true;
    await speaking;
    await expectFoldOfLog(rig);
  },
  (kills + 4) * SECONDS_EACH * 1000,
);
