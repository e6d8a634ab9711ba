import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { type EmbeddedDatabase, startDatabase } from "../embedded/database/start-database.ts";
import { prepareTemplate } from "../testing/template.ts";
import { Door } from "./rig/door.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";

const cloneDirectory = dirname(dirname(import.meta.dirname));
const directory = mkdtempSync(join(tmpdir(), "wheelhouse-database-killed-"));
let server: EmbeddedDatabase;
let door: Door;
let rig: FailureRig;

beforeAll(async () => {
  chmodSync(directory, 0o711); // as root, the database runs under an account that must be able to pass
  server = await startDatabase({ directory });
  const template = await prepareTemplate({ cloneDirectory, adminUrl: server.url });
  const behind = new URL(server.url);
  door = new Door(behind.hostname, Number(behind.port));
  await door.open();
  behind.port = String(door.address.port);
  behind.pathname = `/${template}`;
  rig = await failureRig({ seed: 71, database: { url: behind.href, drop: async () => {} } });
}, 120_000);
afterAll(async () => {
  await rig.close();
  door.close();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

test("a database killed under load and recovered: the lanes wait and say so, nothing is lost and nothing is stored twice", async () => {
  const lanes = await rig.start();
  for (let round = 0; round < 3; round++) await rig.speak();
  await until("both lanes read", () => lanes.delivered().telemetry > 0 && lanes.delivered().changes > 0);

  const gone = server.exited;
  server.kill();
  await gone;
  for (let round = 0; round < 3; round++) await rig.speak();
  await until("both lanes say what is missing", () =>
    [lanes.status!.telemetry, lanes.status!.changes].every(
      ({ state, reason }) => state === "paused" && reason !== null,
    ),
  );
  await until("what waits is seen to wait", () => lanes.status!.changes.lagRecords > 0);

  server = await startDatabase({ directory });
  door.leadTo(Number(new URL(server.url).port));
  await rig.speak();
  await rig.untilStored();
  await until("both run again", () =>
    [lanes.status!.telemetry, lanes.status!.changes].every(({ state }) => state === "running"),
  );
  await expectFoldOfLog(rig);
}, 240_000);
