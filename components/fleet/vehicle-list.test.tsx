import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { VehicleList } from "./vehicle-list.tsx";

const nowMs = Date.parse("2026-11-17T14:32:07.000Z");

const aVehicle = (id: string, part: Partial<Vehicle> = {}): Vehicle => ({
  id,
  motion: "moving",
  service: "none",
  position: { latitude: 41.5, longitude: -88.1, speedKmh: 98.2, time: "2026-11-17T14:32:04.000Z" },
  measures: {},
  trip: null,
  openAlerts: 0,
  profile: null,
  record: { topic: "telematics.readings", partition: 1, offset: "1", timestamp: "2026-11-17T14:32:04.500Z" },
  ...part,
});

const many = Array.from({ length: 300 }, (_, index) => aVehicle(`T${index}`));

function show(part: Partial<Parameters<typeof VehicleList>[0]> = {}, preferences = {}) {
  const given = {
    label: "Vehicles, worst first",
    vehicles: many,
    total: 5_000,
    sites: [],
    selectedId: null,
    onSelect: vi.fn(),
    onEndReached: vi.fn(),
    onHold: vi.fn(),
    ...part,
  };
  const { rerender } = renderInTower(<VehicleList {...given} />, preferences);
  const list = screen.getByRole("listbox");
  return {
    ...given,
    list,
    show: (more: Partial<typeof given>) => rerender(<VehicleList {...given} {...more} />),
    active: () => document.getElementById(list.getAttribute("aria-activedescendant") ?? "")?.textContent ?? null,
    focus: () => act(() => list.focus()),
    press: (key: string) => fireEvent.keyDown(list, { key }),
  };
}

// happy-dom lays nothing out; the list asks how high it is to know which rows are in sight.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(520);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(336);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the vehicle list by keyboard", () => {
  test("arrows, page keys, Home and End move the active row and stop at the ends", () => {
    const { focus, press, active } = show();
    focus();
    expect(active()).toContain("T0");
    press("ArrowUp");
    expect(active()).toContain("T0");
    press("ArrowDown");
    press("ArrowDown");
    expect(active()).toContain("T2");
    press("PageDown");
    expect(active()).toContain("T12");
    press("End");
    expect(active()).toContain("T299");
    press("ArrowDown");
    expect(active()).toContain("T299");
    press("Home");
    expect(active()).toContain("T0");
  });

  test("Enter and space open the active row; moving alone opens nothing", () => {
    const { focus, press, onSelect } = show();
    focus();
    press("ArrowDown");
    expect(onSelect).not.toHaveBeenCalled();
    press("Enter");
    expect(onSelect).toHaveBeenLastCalledWith("T1");
    press("ArrowDown");
    press(" ");
    expect(onSelect).toHaveBeenLastCalledWith("T2");
  });

  test("j and k move from anywhere on the page and bring the focus to the list", () => {
    const { list, active } = show();
    for (const key of ["j", "j", "k"]) fireEvent.keyDown(document.body, { key });
    expect(active()).toContain("T0");
    expect(document.activeElement).toBe(list);
    fireEvent.keyDown(list, { key: "j" });
    expect(active()).toContain("T1");
  });

  test("j and k do nothing once single keys are switched off, arrows still work", () => {
    const { focus, press, active } = show({}, { singleKeys: false });
    fireEvent.keyDown(document.body, { key: "j" });
    expect(active()).toBeNull();
    focus();
    press("ArrowDown");
    expect(active()).toContain("T1");
  });

  test("the active row stays active and named when a refresh moves it or it is scrolled away", () => {
    const { focus, press, active, show: showAgain } = show();
    focus();
    press("ArrowDown");
    showAgain({ vehicles: [...many.slice(100), ...many.slice(0, 100)] });
    expect(active()).toContain("T1");
    press("ArrowDown");
    expect(active()).toContain("T2");
  });
});

describe("what the list says", () => {
  test("only rows in sight are in the page, and each tells its place among all", () => {
    show();
    const options = screen.getAllByRole("option");
    expect(options.length).toBeLessThan(40);
    expect(options[0]?.getAttribute("aria-setsize")).toBe("5000");
    expect(options[3]?.getAttribute("aria-posinset")).toBe("4");
  });

  test("the selected vehicle is the active one, wherever it was chosen", () => {
    const { show: showAgain, active } = show();
    showAgain({ selectedId: "T5" });
    expect(screen.getByRole("option", { selected: true }).textContent).toContain("T5");
    expect(active()).toContain("T5");
  });

  test("a row has its state in words, its speed, its place and its age", () => {
    show({ vehicles: [aVehicle("T1")] });
    expect(screen.getByRole("option").textContent).toBe("T1 Moving61\u00a0mph41.5000, −88.10003 s");
  });

  test("an old position says that it is stale, in words", () => {
    const position = { latitude: 41.5, longitude: -88.1, time: "2026-11-17T14:14:07.000Z" };
    show({ vehicles: [aVehicle("T1", { position }), aVehicle("T2", { motion: "offline", position })] });
    const [moving, offline] = screen.getAllByRole("option");
    expect(moving?.textContent).toContain("18 min, stale");
    expect(offline?.textContent).toBe("T2 No signal41.5000, −88.100018 min");
  });

  test("a vehicle without a position has words for it and a dash for its age", () => {
    show({ vehicles: [aVehicle("T1", { motion: "stopped", position: null })] });
    expect(screen.getByRole("option").textContent).toBe("T1 StoppedPosition not known–");
  });

  test("a list longer than the screen asks for nothing more, until its end comes near", () => {
    const { onEndReached, show: showAgain } = show();
    expect(onEndReached).not.toHaveBeenCalled();
    showAgain({ vehicles: many.slice(0, 12) });
    expect(onEndReached).toHaveBeenCalled();
  });
});
