import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aDirectory, silentLogger } from "../testing/a-partition-log.ts";
import { OffsetStore } from "./offset-store.ts";

const open = (directory: string) => new OffsetStore(join(directory, "offsets.jsonl"), silentLogger);
const at = (topic: string, partition: number, offset: number) => ({ topic, partition, offset, metadata: null });

test("what was committed is there after the process died, newest value per partition", () => {
  const directory = aDirectory();
  const store = open(directory);
  store.commit("g", [at("a", 0, 1), at("a", 1, 5)]);
  store.commit("g", [at("a", 0, 2)]);
  store.commit("other", [at("a", 0, 9)]);
  // No close: the process was killed.
  const next = open(directory);
  expect(next.allOf("g")).toEqual([at("a", 0, 2), at("a", 1, 5)]);
  expect(next.get("other", "a", 0)).toEqual(at("a", 0, 9));
});

test("a line cut off by a crash is left out, and later commits are kept", () => {
  const directory = aDirectory();
  open(directory).commit("g", [at("a", 0, 1)]);
  appendFileSync(join(directory, "offsets.jsonl"), '{"group":"g","topic":"a","parti');
  const next = open(directory);
  next.commit("g", [at("a", 1, 7)]);
  expect(open(directory).allOf("g")).toEqual([at("a", 0, 1), at("a", 1, 7)]);
});

test("a group or topic that was deleted takes its offsets along, also after a restart", () => {
  const directory = aDirectory();
  const store = open(directory);
  store.commit("g", [at("a", 0, 1), at("b", 0, 2)]);
  store.commit("gone", [at("a", 0, 3)]);
  store.removeTopic("a");
  expect(store.allOf("g")).toEqual([at("b", 0, 2)]);
  expect(store.has("gone")).toBe(false);
  store.removeGroup("g");
  expect(open(directory).groupIds).toEqual([]);
});
