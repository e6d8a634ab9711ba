import { expect, test } from "vitest";
import { createLogger } from "../platform/logger.ts";
import { sitesFirst } from "./sites-first.ts";

const logger = createLogger("test", "silent");
const quick = { logger, lookEveryMs: 1, standstillMsMax: 50 };

test("waits until all that was sent before is stored, and no longer for what is sent meanwhile", async () => {
  let [end, next] = [3, 0];
  const stored = async () => new Map([[0, next++]]);
  await sitesFirst({ ...quick, ends: async () => new Map([[0, end++]]), stored, signal: new AbortController().signal });
  expect(next - 1).toBe(3);
});

test("goes on without the sites when nobody stores them", async () => {
  const stored = async () => new Map([[0, 1]]);
  const ends = async () => new Map([[0, 3]]);
  await expect(sitesFirst({ ...quick, ends, stored, signal: new AbortController().signal })).resolves.toBeUndefined();
});

test("ends when it is told to", async () => {
  const controller = new AbortController();
  const ends = async () => new Map([[0, 3]]);
  const waiting = sitesFirst({
    ...quick,
    standstillMsMax: 1e9,
    ends,
    stored: async () => new Map(),
    signal: controller.signal,
  });
  controller.abort();
  await expect(waiting).resolves.toBeUndefined();
});
