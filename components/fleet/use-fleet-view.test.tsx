import { act, renderHook } from "@testing-library/react";
import { useSyncExternalStore } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { NO_FILTERS } from "./fleet-view.ts";
import { useFleetView } from "./use-fleet-view.ts";

// Next follows pushState and replaceState; outside of Next the address has to be followed by hand.
vi.mock("next/navigation", () => ({
  useSearchParams: () => new URLSearchParams(useSyncExternalStore(follow, () => window.location.search)),
}));

const followers = new Set<() => void>();
function follow(listener: () => void) {
  followers.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    followers.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}
for (const method of ["pushState", "replaceState"] as const) {
  const original = window.history[method].bind(window.history);
  window.history[method] = (...given) => {
    original(...given);
    for (const listener of followers) listener();
  };
}

beforeEach(() => window.history.replaceState(null, "", "/fleet"));

function open(search = "") {
  window.history.replaceState(null, "", `/fleet${search}`);
  const { result } = renderHook(() => useFleetView());
  return {
    view: () => result.current[0],
    change: (...parts: Parameters<(typeof result.current)[1]>[0][]) =>
      act(() => {
        for (const part of parts) result.current[1](part);
      }),
  };
}

test("a link opens the view it was copied from", () => {
  const { view } = open("?vehicle=T1&motion=moving,offline&sort=speed&map=-85.1500,39.7500,6.05");
  expect(view()).toMatchObject({ vehicle: "T1", motions: ["moving", "offline"], sort: "speed", map: { zoom: 6.05 } });
});

test("every change is in the address, and two in one moment are both kept", () => {
  const { view, change } = open();
  change({ motions: ["idling"] }, { text: "48" });
  expect(window.location.search).toBe("?motion=idling&q=48");
  expect(view()).toMatchObject({ motions: ["idling"], text: "48" });
  change(NO_FILTERS);
  expect(window.location.search).toBe("");
});

test("opening a vehicle makes an entry of the history, moving on to another does not", () => {
  const { view, change } = open("?sort=id");
  const before = window.history.length;
  change({ vehicle: "T1" });
  expect(window.history.length).toBe(before + 1);
  change({ vehicle: "T2" });
  change({ map: { center: [-90, 40], zoom: 5 } });
  expect(window.history.length).toBe(before + 1);
  expect(view()).toMatchObject({ vehicle: "T2", sort: "id" });
});
