import { expect, test } from "vitest";
import { aDirectory } from "./testing/a-partition-log.ts";
import { startBrokerProcess, startFailing } from "./testing/broker-process.ts";
import { startTestBroker } from "./testing/start-test-broker.ts";

test("the process tells its parent where it listens, and ends cleanly when it is asked to", async () => {
  const { child, port, exited } = await startBrokerProcess(["--data-dir", aDirectory(), "--port", "0"]);
  expect(port).toBeGreaterThan(0);
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
});

test("the process ends when its parent is gone", async () => {
  const { child, exited } = await startBrokerProcess(["--data-dir", aDirectory(), "--port", "0"]);
  child.disconnect();
  expect(await exited).toBe(0);
});

test("an address that others can reach is refused at the start", async () => {
  const { code, output } = await startFailing(["--data-dir", aDirectory(), "--host", "0.0.0.0"]);
  expect(code).not.toBe(0);
  expect(output).toContain("loopback");
});

test("a second broker is kept out of a data directory in use", async () => {
  const { directory } = await startTestBroker();
  const { code, output } = await startFailing(["--data-dir", directory, "--port", "0"]);
  expect(code).toBe(1);
  expect(output).toContain("another broker is using");
});
