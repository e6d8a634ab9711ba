import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { anyFreePort, isPortFree, nextFreePort, rememberedPort } from "./ports.ts";

test("the first free port from the wanted one on is taken", async () => {
  const taken = new Set([3000, 3001]);
  const isFree = async (port: number) => !taken.has(port);
  expect(await nextFreePort(3000, "127.0.0.1", isFree)).toBe(3002);
  expect(await nextFreePort(3005, "127.0.0.1", isFree)).toBe(3005);
});

test("running out of ports is an error, not an endless search", async () => {
  await expect(nextFreePort(65_530, "127.0.0.1", async () => false)).rejects.toThrow("no port from 65530 on is free");
});

test("a port that something listens on is not free, and is free again afterwards", async () => {
  const port = await anyFreePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  expect(await isPortFree(port, "127.0.0.1")).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isPortFree(port, "127.0.0.1")).toBe(true);
});

test("a missing or damaged memory of a port counts as none", () => {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-ports-"));
  const file = join(directory, "port");
  expect(rememberedPort(file)).toBe(0);
  for (const [content, port] of [
    ["9093", 9093],
    ["", 0],
    ["abc", 0],
    ["70000", 0],
    ["-1", 0],
  ] as const) {
    writeFileSync(file, content);
    expect(rememberedPort(file)).toBe(port);
  }
  rmSync(directory, { recursive: true });
});
