import { expect, test } from "vitest";
import { createDatabaseWatch } from "./watch-database.ts";

test("the database is asked at most once a second, and how long it has been silent counts from its first failure", async () => {
  const state = { nowMs: 0, asked: 0, answers: true };
  const watch = createDatabaseWatch({
    now: () => state.nowMs,
    ping: async () => {
      state.asked++;
      if (!state.answers) throw new Error("no");
    },
  });
  await Promise.all([watch(), watch(), watch()]);
  expect(state.asked).toBe(1);

  state.answers = false;
  state.nowMs = 5_000;
  expect(await watch()).toEqual({ status: "down", downForMs: 0 });
  state.nowMs = 12_000;
  expect(await watch()).toEqual({ status: "down", downForMs: 7_000 });

  state.answers = true;
  state.nowMs = 13_000;
  expect(await watch()).toEqual({ status: "ok", downForMs: 0 });
  expect(state.asked).toBe(4);
});
