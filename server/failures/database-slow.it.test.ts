import { afterAll, beforeAll, expect, test } from "vitest";
import { checkHealth } from "../services/health/check.ts";
import { Door } from "./rig/door.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";
import type { LanesChild } from "./rig/lanes-child.ts";

const SLOW_MS = 400;
let door: Door;
let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 121 });
  const url = new URL(rig.settings.telemetry.databaseUrl);
  door = new Door(url.hostname, Number(url.port));
  await door.open();
  url.port = String(door.address.port);
  rig.settings.telemetry.databaseUrl = url.href;
  rig.settings.changes.databaseUrl = url.href;
  rig.settings.telemetry.rowsHardMax = 50;
  for (const lane of [rig.settings.telemetry, rig.settings.changes]) lane.timing = { ...lane.timing, slowMs: 300 };
});
afterAll(async () => {
  await rig.close();
  door.close();
});

const lanesOf = ({ status }: LanesChild) => [status!.telemetry, status!.changes];

test("a slow database holds the lanes back: they pause and say why, lag grows in sight, nothing is dropped, and they catch up", async () => {
  const lanes = await rig.start();
  await rig.speak();
  await rig.untilStored();

  door.delayMs = SLOW_MS;
  const said = new Set<string>();
  await until("both lanes are held back and behind", async () => {
    await rig.speak();
    for (const { lane, state, reason, lagRecords, behindMs } of lanesOf(lanes))
      if (state === "paused" && /database is slow/.test(reason ?? "") && lagRecords > 0 && behindMs > 0) said.add(lane);
    return said.size === 2;
  });
  const health = checkHealth({
    version: "test",
    lanes: lanesOf(lanes),
    database: { status: "ok", downForMs: 0 },
    broker: { status: "ok", kind: "embedded", address: rig.broker.address },
  });
  expect(health.status).toBe("degraded");

  door.delayMs = 0;
  await until("both have caught up", () =>
    lanesOf(lanes).every(({ state, lagRecords }) => state === "running" && lagRecords === 0),
  );
  await expectFoldOfLog(rig);
}, 240_000);
