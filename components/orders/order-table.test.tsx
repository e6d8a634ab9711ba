import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import { OrderTable } from "./order-table.tsx";
import { anOrder } from "./testing.ts";

const nowMs = Date.parse("2026-11-17T14:32:07.000Z");
const many = Array.from({ length: 300 }, (_, index) => anOrder({ id: `o${index}`, number: String(4_800_000 + index) }));

function show(part: Partial<Parameters<typeof OrderTable>[0]> = {}) {
  const given = {
    orders: many,
    total: 2_140,
    sites: new Map(),
    selectedId: null,
    onSelect: vi.fn(),
    onEndReached: vi.fn(),
    onHold: vi.fn(),
    ...part,
  };
  const { rerender } = renderInTower(<OrderTable {...given} />);
  const list = screen.getByRole("listbox");
  return {
    ...given,
    list,
    show: (more: Partial<typeof given>) => rerender(<OrderTable {...given} {...more} />),
    active: () => document.getElementById(list.getAttribute("aria-activedescendant") ?? "")?.textContent ?? null,
    focus: () => act(() => list.focus()),
    press: (key: string) => fireEvent.keyDown(list, { key }),
  };
}

// happy-dom lays nothing out; the list asks how high it is to know which rows are in sight.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(440);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the list of orders", () => {
  test("arrows, j and k, Home and End move the active row, and Enter opens it", () => {
    const { focus, press, active, onSelect } = show();
    focus();
    expect(active()).toContain("4800000");
    press("ArrowDown");
    fireEvent.keyDown(document.body, { key: "j" });
    expect(active()).toContain("4800002");
    fireEvent.keyDown(document.body, { key: "k" });
    expect(active()).toContain("4800001");
    press("End");
    expect(active()).toContain("4800299");
    press("ArrowDown");
    press("Home");
    expect(active()).toContain("4800000");
    press("Enter");
    expect(onSelect).toHaveBeenCalledWith("o0");
  });

  test("only the rows in sight are in the page, each with its place among all", () => {
    const { list } = show();
    const options = screen.getAllByRole("option");
    expect(options.length).toBeLessThan(40);
    expect(options[0]!.getAttribute("aria-setsize")).toBe("2140");
    expect(list.getAttribute("aria-label")).toBe("Orders, those at risk first");
  });

  test("a row says status, customer, number, lane, reason, value and both times in words", () => {
    show({
      orders: [
        anOrder({
          risk: "will_miss",
          reason: { code: "late_arrival", minutes: 114 },
          eta: "2026-11-17T16:24:00.000Z",
        }),
      ],
    });
    const words = screen.getByRole("option").textContent;
    for (const part of ["Will miss", "Marlowe Grocers DC 14", "4812207 · 1010 → C014", "Arrives 1 h 54 min late"])
      expect(words).toContain(part);
    for (const part of ["$472K", "Promised 14:30", "Expected 16:24"]) expect(words).toContain(part);
  });

  test("a list that is asked for again keeps the active row where somebody works", () => {
    const { focus, press, active, show: showAgain } = show();
    focus();
    press("ArrowDown");
    showAgain({ orders: [anOrder({ id: "new", number: "1" }), ...many] });
    expect(active()).toContain("4800001");
  });

  test("pointing at the list holds its rows, and leaving lets them go", () => {
    const { list, onHold } = show();
    fireEvent.pointerEnter(list);
    expect(onHold).toHaveBeenLastCalledWith(true);
    fireEvent.pointerLeave(list);
    expect(onHold).toHaveBeenLastCalledWith(false);
  });
});
