import { expect, test } from "vitest";
import type { OutgoingRecord } from "./outgoing.ts";
import { type RunState, runWorld } from "./run-world.ts";
import { aWorld, recordsOf, START_MS } from "./testing.ts";
import { createWorld, type World } from "./world.ts";

type Settings = Parameters<typeof runWorld>[0]["settings"];

/** Runs with a clock that only resting moves, each time by the next of `stepsMs`, the last of them again and again. */
async function runWith(over: Partial<Settings>, { stepsMs = [1000], sentMax = Infinity } = {}) {
  let nowMs = START_MS;
  let rests = 0;
  const sent: OutgoingRecord[] = [];
  const states: RunState[] = [];
  const begun: number[] = [];
  const controller = new AbortController();
  await runWorld({
    createWorld: (startMs): World => {
      begun.push(startMs);
      return createWorld(aWorld({ startMs }));
    },
    publish: async (records) => {
      sent.push(...records);
      if (sent.length >= sentMax) controller.abort();
    },
    clock: () => nowMs,
    rest: async () => {
      nowMs += stepsMs[Math.min(rests++, stepsMs.length - 1)]!;
    },
    signal: controller.signal,
    settings: { vehicles: 20, startMs: null, speed: 1, durationMs: null, ...over },
    onWorld: () => {},
    onState: (state) => states.push(state),
    log: () => {},
  });
  return { sent, states, begun };
}

test("a run with an end sends exactly the records of its time, then says that it is done", async () => {
  const { sent, states } = await runWith({ startMs: START_MS, durationMs: 120_000, speed: "max" });
  expect(sent).toEqual(recordsOf(createWorld(aWorld()), 120_000));
  expect(states.at(-1)).toEqual({ state: "done", behindMs: 0, records: sent.length });
});

test("a run faster than time is set so that it ends at the present", async () => {
  const { begun } = await runWith({ durationMs: 60_000, speed: "max" });
  expect(begun).toEqual([START_MS - 60_000]);
});

test("beside the clock, records are sent as their time comes", async () => {
  const { sent, states } = await runWith({ durationMs: 30_000 }, { stepsMs: [200] });
  expect(sent).toEqual(recordsOf(createWorld(aWorld()), 30_000));
  expect(states.every(({ behindMs }) => behindMs <= 200)).toBe(true);
});

test("after a long sleep the world begins anew at the present instead of catching up", async () => {
  const { begun } = await runWith({}, { stepsMs: [1000, 3_600_000, 1000], sentMax: 150 });
  expect(begun).toEqual([START_MS, START_MS + 3_601_000]);
});
