import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { READINGS_TOPIC } from "../contracts/topics.ts";
import { createDeadLetterReader } from "../store/dead-letter-list.ts";
import { KEPT_PER_MINUTE_MAX } from "../store/dead-letters.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";

const FLOOD = 20_000;
const PIECE = 2_000;
const RSS_BYTES_MAX = 700e6;
let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 111 });
});
afterAll(() => rig.close());

test("a flood of rejected records fills neither memory nor tables and hides no other: sampled by kind, counted exactly, through a kill", async () => {
  const first = await rig.start();
  const startedMs = Date.now();
  for (let sent = 0; sent < FLOOD; sent += PIECE) {
    const messages = Array.from({ length: PIECE }, (_, n) => ({ partition: 0, value: `{"broken": ${sent + n}` }));
    await rig.send(READINGS_TOPIC, messages);
    if (sent === FLOOD / 2) await rig.send(READINGS_TOPIC, [{ partition: 0, value: '{"schema":"reading.v9"}' }]);
    if (sent % 4000 === 0) await rig.send("sap.LIKP", messages.slice(0, 500));
  }
  await until("part of it is read", () => first.delivered().telemetry > 3000);
  await delay(300);
  await first.kill();
  const second = await rig.start();
  await rig.speak();
  await rig.untilStored();
  expect(second.rssBytes).toBeLessThan(RSS_BYTES_MAX);
  const minutes = Math.ceil((Date.now() - startedMs) / 60_000) + 1;

  const groups = await createDeadLetterReader(rig.db).groups();
  const ofFlood = groups.find(({ reason, topic }) => reason === "not_json" && topic === READINGS_TOPIC)!;
  expect(ofFlood.count + ofFlood.notKept).toBeGreaterThanOrEqual(FLOOD);
  // Two partitions speak of this topic: each keeps so many of a reason in a minute.
  expect(ofFlood.count).toBeLessThanOrEqual(2 * minutes * KEPT_PER_MINUTE_MAX);
  expect(groups.some(({ reason, notKept }) => reason === "unknown_envelope" && notKept === 0)).toBe(true);
  const { rejected } = await rig.totals();
  const [told] = await rig.db.$queryRaw<{ count: number }[]>`
    select ((select count(*) from dead_letter) + (select sum(count) from dead_letter_surplus))::int as count`;
  expect(told!.count).toBe(rejected);
  await expectFoldOfLog(rig);
}, 240_000);
