import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const LOGGER = JSON.stringify(join(import.meta.dirname, "logger.ts"));
/** Logs twice and ends, as a process does that learns of the end of the one which started it. */
const PROGRAM = `
  import { createLogger } from ${LOGGER};
  const logger = createLogger("test", "info");
  logger.info("up");
  process.stdin.resume().once("end", () => {
    logger.info("stopping");
    setImmediate(() => {
      logger.info("stopped");
      process.exit(0);
    });
  });`;

test("a process whose log nobody reads any more still ends", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", PROGRAM]);
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  child.stdout.destroy();
  await once(child.stdout, "close");
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
});
