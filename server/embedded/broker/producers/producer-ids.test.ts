import { join } from "node:path";
import { expect, test } from "vitest";
import { aDirectory } from "../testing/a-partition-log.ts";
import { ProducerIds } from "./producer-ids.ts";

test("no id is ever given twice, however often the process dies and however many are asked for", () => {
  const path = join(aDirectory(), "producer-ids.json");
  const given = new Set<number>();
  const counts = [1, 2, 1500, 0, 999, 1];
  for (const count of counts) {
    const ids = new ProducerIds(path);
    for (let index = 0; index < count; index++) given.add(ids.next());
  }
  expect(given.size).toBe(counts.reduce((sum, count) => sum + count, 0));
});
