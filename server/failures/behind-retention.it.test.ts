import { afterAll, beforeAll, expect, test } from "vitest";
import { READINGS_TOPIC } from "../contracts/topics.ts";
import type { FailureRig } from "./rig/failure-rig.ts";
import { failureRig, until } from "./rig/failure-rig.ts";
import type { LanesChild } from "./rig/lanes-child.ts";

let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 91 });
});
afterAll(() => rig.close());

const sourceOf = (lanes: LanesChild, topic: string) =>
  [...lanes.status!.telemetry.sources, ...lanes.status!.changes.sources].find((source) => source.topic === topic)!;

test("records that retention took before they were read are counted as lost, to the offset, and reading goes on behind them", async () => {
  const lanes = await rig.start();
  await rig.speak();
  await rig.untilStored();
  await lanes.stop();
  const read = await ends(READINGS_TOPIC);
  const readChanges = await ends("sap.LIKP");

  for (let round = 0; round < 3; round++) await rig.speak();
  const lost = 7;
  await cut(READINGS_TOPIC, read[0]! + lost);
  await cut("sap.LIKP", readChanges[0]! + lost);

  const again = await rig.start();
  const unread = { telemetry: rig.sent.telemetry - lost, changes: rig.sent.changes - lost };
  await rig.untilStored(unread);
  await until("the lanes say what is lost", () =>
    [READINGS_TOPIC, "sap.LIKP"].every((topic) => sourceOf(again, topic)?.records.lost === lost),
  );
  for (const lane of [again.status!.telemetry, again.status!.changes]) {
    const { delivered, applied, late, repeated, ignored, rejected, gaps } = lane.records;
    expect(lane.state).toBe("running");
    expect([applied + late + repeated + ignored + rejected, gaps]).toEqual([delivered, 0]);
  }
  expect(again.delivered()).toEqual(unread);

  // Behind while it reads: the log is cut under a lane that is told to wait.
  again.signal("SIGSTOP");
  await rig.speak();
  await cut(READINGS_TOPIC, (await ends(READINGS_TOPIC))[0]!);
  again.signal("SIGCONT");
  await rig.speak();
  await until("every record is read or known to be lost", () => {
    const { delivered, lost: all } = sourceOf(again, READINGS_TOPIC).records;
    return delivered + all === rig.sent.telemetry;
  });
  expect(await again.stop()).toBe(0);
}, 240_000);

async function ends(topic: string): Promise<number[]> {
  const offsets = await rig.admin.fetchTopicOffsets(topic);
  return offsets.sort((a, b) => a.partition - b.partition).map(({ high }) => Number(high));
}

const cut = (topic: string, offset: number): Promise<void> =>
  rig.admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
