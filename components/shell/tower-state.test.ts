import { describe, expect, test } from "vitest";
import type { LiveState } from "@/components/live/live-state.ts";
import { en } from "@/components/messages/en.ts";
import { makeFormats } from "@/components/ui/formats.ts";
import type { FeedStatus, TowerPulse } from "@/server/contracts/socket.ts";
import { feedName, feedWords } from "./feed-words.ts";
import { towerState } from "./tower-state.ts";

const fleet = { vehicles: 0, moving: 0, idling: 0, stopped: 0, offline: 0, onTime: 0, atRisk: 0, late: 0, critical: 0 };
const pulse: TowerPulse = {
  serverMs: 10_000,
  lane: { state: "running", reason: null, aliveMs: 0 },
  fleet,
  readingsPerSecond: 0,
  rejectedToday: 0,
  eventToFrameMs: null,
  feeds: [],
};
const live: LiveState = { link: "live", lostSinceMs: null, nextTryMs: null, pastMs: null, pulse, serverOffsetMs: 500 };

describe("the clock", () => {
  test("while live it tells the server's present", () => {
    expect(towerState({ live, pausedSinceMs: null, browserMs: 12_000 })).toEqual({
      clock: "live",
      asOfMs: 12_500,
      nowMs: 12_500,
      stale: false,
    });
  });

  test("while the link is lost it stands at the last word from the server, and ages go on", () => {
    const state = towerState({ live: { ...live, link: "lost" }, pausedSinceMs: null, browserMs: 60_000 });
    expect(state).toEqual({ clock: "lost", asOfMs: 10_000, nowMs: 60_500, stale: true });
  });

  test("while paused it stands at the moment of the pause, with its ages", () => {
    const state = towerState({ live, pausedSinceMs: 11_000, browserMs: 60_000 });
    expect(state).toEqual({ clock: "paused", asOfMs: 11_500, nowMs: 11_500, stale: false });
  });

  test("a link that is lost during a pause is said all the same", () => {
    const state = towerState({ live: { ...live, link: "lost" }, pausedSinceMs: 9_000, browserMs: 60_000 });
    expect(state).toMatchObject({ clock: "lost", asOfMs: 9_500, stale: true });
  });

  test("before anything came there is no moment to tell", () => {
    const state = towerState({ live: { ...live, link: "connecting", pulse: null }, pausedSinceMs: null, browserMs: 1 });
    expect(state).toMatchObject({ clock: "connecting", asOfMs: null, stale: false });
  });

  test("a lane that stands still is not live although the link is", () => {
    const stopped = { ...live, pulse: { ...pulse, lane: { state: "stopped" as const, reason: "fenced", aliveMs: 0 } } };
    expect(towerState({ live: stopped, pausedSinceMs: null, browserMs: 12_000 })).toMatchObject({
      clock: "lost",
      stale: true,
    });
  });
});

describe("a feed in words", () => {
  const formats = makeFormats({ locale: "en-US", units: "us", timeZone: "UTC", messages: en });
  const feed: FeedStatus = { name: "sap", topics: ["sap.LIKP"], state: "current", lagRecords: 0, ageMs: 800 };
  const words = (part: Partial<FeedStatus>, sinceMs = 0) => feedWords({ ...feed, ...part }, sinceMs, formats, en);

  test("its age, and in words what is wrong with it", () => {
    expect(words({})).toBe("0.8 s");
    expect(words({ state: "slow", ageMs: 360_000 })).toBe("6 min, slow");
    expect(words({ state: "slow", ageMs: 360_000, lagRecords: 1_200 })).toBe("6 min, 1,200 waiting");
    expect(words({ state: "silent", ageMs: 45_000 })).toBe("silent 45 s");
    expect(words({ ageMs: null })).toBe("none since start");
    expect(words({ state: "off", ageMs: 5_000 })).toBe("off");
  });

  test("it grows older while nothing is heard", () => expect(words({ state: "silent" }, 44_200)).toBe("silent 45 s"));

  test("a feed that the catalogue does not know keeps its own name", () => {
    expect(feedName("sap", en)).toBe("SAP");
    expect(feedName("tms", en)).toBe("Tms");
  });
});
