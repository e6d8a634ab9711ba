import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveState } from "@/components/live/live-state.ts";
import { renderInTower } from "@/components/ui/testing.tsx";
import type { TowerPulse } from "@/server/contracts/socket.ts";
import { LinkBanner } from "./link-banner.tsx";

const live = vi.hoisted(() => ({ state: null as unknown, retryNow: () => {} }));
vi.mock("@/components/live/use-live.ts", () => ({
  useLive: () => ({ ...(live.state as LiveState), retryNow: live.retryNow }),
}));

const startMs = Date.parse("2026-11-17T14:31:22.000Z");
const counts = {
  vehicles: 1,
  moving: 1,
  idling: 0,
  stopped: 0,
  offline: 0,
  onTime: 0,
  atRisk: 0,
  late: 0,
  critical: 0,
};
const pulse: TowerPulse = {
  serverMs: startMs,
  lane: { state: "running", reason: null, aliveMs: 0 },
  fleet: counts,
  readingsPerSecond: 1,
  rejectedToday: 0,
  eventToFrameMs: 1,
  feeds: [],
};
const isLive: LiveState = { link: "live", lostSinceMs: null, nextTryMs: null, pastMs: null, pulse, serverOffsetMs: 0 };
const isLost: LiveState = { ...isLive, link: "lost", lostSinceMs: startMs, nextTryMs: startMs + 49_000 };

beforeEach(() => void vi.useFakeTimers({ now: startMs }));
afterEach(() => void vi.useRealTimers());

function show(state: LiveState) {
  live.state = state;
  const { container, rerender } = renderInTower(<LinkBanner />);
  return {
    words: () => container.querySelector(".banner")?.textContent ?? null,
    said: () => screen.getByRole("status").textContent,
    become: (next: LiveState) => {
      live.state = next;
      rerender(<LinkBanner />);
    },
  };
}

test("while the link is up there is no banner", () => expect(show(isLive).words()).toBeNull());

test("a lost link says since when, as of when, and counts down to the next try", () => {
  vi.setSystemTime(startMs + 45_000);
  const { words, said } = show(isLost);
  expect(words()).toBe(
    "Not live for 45 s. Positions are as of 14:31:22. Trying again in 4 s; what was missed will be filled in.Try now",
  );
  expect(said()).toContain("lost");
  act(() => void vi.advanceTimersByTime(2_000));
  expect(words()).toContain("Not live for 47 s.");
  expect(words()).toContain("Trying again in 2 s");
  act(() => void vi.advanceTimersByTime(5_000));
  expect(words()).toContain("Trying again now");
});

test("Try now tries at once", () => {
  live.retryNow = vi.fn();
  show(isLost);
  fireEvent.click(screen.getByRole("button", { name: "Try now" }));
  expect(live.retryNow).toHaveBeenCalledOnce();
});

test("the return of the link says for five seconds how long it was away", () => {
  const { words, said, become } = show(isLost);
  act(() => void vi.advanceTimersByTime(90_000));
  become(isLive);
  expect(words()).toBe("Live again after 1 min. What was missed has been filled in.");
  expect(said()).toContain("back");
  act(() => void vi.advanceTimersByTime(4_900));
  expect(words()).not.toBeNull();
  act(() => void vi.advanceTimersByTime(200));
  expect(words()).toBeNull();
});

test("a lane that stands still is told although the link is up", () => {
  const paused = { ...pulse, lane: { state: "paused" as const, reason: "the database does not answer", aliveMs: 0 } };
  expect(show({ ...isLive, pulse: paused }).words()).toBe("Readings are paused: the database does not answer.");
  const quiet = { ...pulse, lane: { state: "running" as const, reason: null, aliveMs: 5_001 } };
  expect(show({ ...isLive, pulse: quiet }).words()).toBe("The tower answers, but its readings stand still.");
});

test("a source of positions that went silent is told although the link is up, with the moment the picture is of", () => {
  const feed = {
    name: "telematics",
    topics: ["telematics.readings"],
    state: "silent" as const,
    lagRecords: 0,
    ageMs: 45_000,
  };
  const { words, said } = show({ ...isLive, pulse: { ...pulse, serverMs: startMs + 45_000, feeds: [feed] } });
  expect(words()).toBe(
    "Telematics stopped 45 s ago. Positions are as of 14:31:22. They move again as soon as readings come.",
  );
  expect(said()).toContain("Telematics has gone silent");
});

test("a source that says nothing of positions puts no banner over the map", () => {
  const feed = { name: "sap", topics: ["sap.LIKP"], state: "silent" as const, lagRecords: 0, ageMs: 900_000 };
  expect(show({ ...isLive, pulse: { ...pulse, feeds: [feed] } }).words()).toBeNull();
});
