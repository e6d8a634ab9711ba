import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { useSyncExternalStore } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import { withMoment } from "./moment.ts";
import { PastBanner, TimeSlider } from "./time-slider.tsx";
import { quarterBefore, STEP_MS } from "./time-steps.ts";

// Next follows replaceState; outside of Next the address has to be followed by hand.
vi.mock("next/navigation", () => ({
  useSearchParams: () => new URLSearchParams(useSyncExternalStore(follow, () => window.location.search)),
}));
const followers = new Set<() => void>();
function follow(listener: () => void) {
  followers.add(listener);
  return () => followers.delete(listener);
}
const original = window.history.replaceState.bind(window.history);
window.history.replaceState = (...given) => {
  original(...given);
  for (const listener of followers) listener();
};

let answer: () => Response;
beforeEach(() => {
  window.history.replaceState(null, "", "/fleet?vehicle=T1");
  const counts = {
    vehicles: 0,
    moving: 0,
    idling: 0,
    stopped: 0,
    offline: 0,
    onTime: 0,
    atRisk: 0,
    late: 0,
    critical: 0,
  };
  const picture = { asOf: "2026-08-19T14:30:00.000Z", epoch: 1, ids: [], counts, vehicles: "", cells: "" };
  answer = () => Response.json(picture);
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => answer()),
  );
});
afterEach(() => vi.unstubAllGlobals());

const open = () =>
  renderInTower(
    <>
      <PastBanner />
      <TimeSlider />
    </>,
  );
const slider = () => screen.getByRole<HTMLInputElement>("slider", { name: "Moment that is shown" });
const momentOfAddress = () => new URLSearchParams(window.location.search).get("at");

test("the handle sets the moment in the address where it rests, says it is the past, and leads back", async () => {
  open();
  expect(slider().getAttribute("aria-valuetext")).toBe("Now");
  expect(screen.queryByText(/You are looking at/)).toBeNull();

  fireEvent.change(slider(), { target: { value: "90" } });
  fireEvent.change(slider(), { target: { value: "94" } });
  await waitFor(() => expect(momentOfAddress()).not.toBeNull());
  const atMs = Date.parse(momentOfAddress()!);
  expect(atMs % STEP_MS).toBe(0);
  expect(quarterBefore(Date.now()) - atMs).toBe(STEP_MS);
  expect(window.location.search).toContain("vehicle=T1");
  expect(withMoment("?vehicle=T2")).toBe(`?vehicle=T2&at=${momentOfAddress()}`);
  expect(screen.getByText(/You are looking at/)).toBeTruthy();
  expect(vi.mocked(fetch).mock.calls).toHaveLength(1);

  fireEvent.click(screen.getByRole("button", { name: "Back to now" }));
  expect(window.location.search).toBe("?vehicle=T1");
  expect(slider().getAttribute("aria-valuetext")).toBe("Now");
});

test("a link to a moment opens it; one to no moment, or one ahead, opens the present", async () => {
  const atMs = quarterBefore(Date.now()) - 10 * STEP_MS;
  window.history.replaceState(null, "", `/fleet?at=${new Date(atMs).toISOString()}`);
  open();
  expect(screen.getByText(/You are looking at/)).toBeTruthy();
  expect(slider().value).toBe(String(96 - 11));
  for (const at of ["yesterday", new Date(Date.now() + 1e6).toISOString()]) {
    act(() => window.history.replaceState(null, "", `/fleet?at=${at}`));
    expect(screen.queryByText(/You are looking at/)).toBeNull();
  }
});

test("a moment that is not kept any more is refused in words, and a day can be stepped over", async () => {
  const problem = { type: "about:blank", title: "no", status: 422, code: "unprocessable" };
  answer = () =>
    Response.json(
      { ...problem, errors: [{ path: "/asOf", message: "what was stored is kept from 2026 on" }] },
      { status: 422, headers: { "content-type": "application/problem+json" } },
    );
  open();
  fireEvent.click(screen.getByRole("button", { name: "The day before" }));
  await screen.findByText(/There is no answer for this moment: what was stored is kept from 2026 on/);
  const first = Date.parse(momentOfAddress()!);
  fireEvent.click(screen.getByRole("button", { name: "The day before" }));
  expect(first - Date.parse(momentOfAddress()!)).toBe(24 * 3_600_000);
  fireEvent.click(screen.getByRole("button", { name: "The day after" }));
  expect(Date.parse(momentOfAddress()!)).toBe(first);
});
