import { act, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import { useServerNow, useStale } from "./use-tower-state.ts";

test("what needs only to know whether positions may be old is not rendered as time goes by", () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const renders = { stale: 0 };
  const Stale = () => {
    renders.stale++;
    return <p>{useStale() ? "stale" : "fresh"}</p>;
  };
  const Now = () => <p>{`now ${useServerNow()}`}</p>;
  renderInTower(
    <>
      <Stale />
      <Now />
    </>,
  );
  const before = renders.stale;
  act(() => vi.advanceTimersByTime(3_000));
  expect(screen.getByText("now 1003000")).toBeDefined();
  expect(renders.stale).toBe(before);
  act(() => vi.advanceTimersByTime(4_000));
  expect(screen.getByText("stale")).toBeDefined();
  vi.useRealTimers();
});
