import { act, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { makeWatched, useWatched, type Watched } from "./watched.ts";

test("what is set often is rendered only where it is shown, and only when it changed", () => {
  const watched = makeWatched<number | null>(null);
  const renders = { shown: 0, between: 0 };
  function Shown({ value }: { value: Watched<number | null> }) {
    renders.shown++;
    return <p>{String(useWatched(value))}</p>;
  }
  function Between() {
    renders.between++;
    return <Shown value={watched} />;
  }
  render(<Between />);
  act(() => watched.set(7));
  expect(screen.getByText("7")).toBeDefined();
  act(() => watched.set(7));
  expect(renders).toEqual({ shown: 2, between: 1 });
});
