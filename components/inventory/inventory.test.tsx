import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renderInTower } from "@/components/ui/testing.tsx";
import type { StockStory } from "@/server/contracts/stock.ts";
import { HealthFilter } from "./health-filter.tsx";
import { PositionDetail } from "./position-detail.tsx";
import { PositionTable } from "./position-table.tsx";
import { aPosition, aStory } from "./testing.ts";

const NOW = Date.parse("2026-11-17T14:32:00.000Z");
const many = Array.from({ length: 300 }, (_, index) => aPosition({ materialDisplay: `M${index}` }));

// happy-dom lays nothing out; the table asks how high it is to know which rows are in sight.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(420);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(868);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("the table", () => {
  function show() {
    const given = { onSort: vi.fn(), onSelect: vi.fn(), onEndReached: vi.fn(), onHold: vi.fn() };
    renderInTower(
      <PositionTable
        positions={many}
        total={12_000}
        siteNameOf={(site) => `${site} Allentown`}
        selectedId={null}
        sort="risk"
        nowMs={NOW}
        {...given}
      />,
    );
    const grid = screen.getByRole("grid");
    const active = () => document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")?.textContent ?? "";
    return { ...given, grid, active, press: (key: string) => fireEvent.keyDown(grid, { key }) };
  }

  test("is worked by arrows, j and k, Home, End and Enter, and keeps only the rows in sight in the page", () => {
    const { grid, active, press, onSelect } = show();
    act(() => grid.focus());
    expect(active()).toContain("M0");
    press("ArrowDown");
    fireEvent.keyDown(document.body, { key: "j" });
    expect(active()).toContain("M2");
    fireEvent.keyDown(document.body, { key: "k" });
    expect(active()).toContain("M1");
    press("End");
    expect(active()).toContain("M299");
    press("Home");
    press("Enter");
    expect(onSelect).toHaveBeenCalledExactlyOnceWith("100:M0@1030");
    expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
    expect(grid.getAttribute("aria-rowcount")).toBe("12001");
  });

  test("says in words what a row draws, and marks what it is sorted by", () => {
    const { grid, onSort } = show();
    const row = within(grid).getAllByRole("row")[1]!;
    expect(row.textContent).toContain("Greek yogurt vanilla 32 oz");
    expect(row.textContent).toContain("1030 Allentown");
    expect(row.textContent).toContain("3,456 CS");
    expect(row.textContent).toContain("Projected from 3,200 to 0 in 30 days");
    expect(row.textContent).toContain("Below Thu");
    expect(screen.getByRole("columnheader", { name: /Health/ }).getAttribute("aria-sort")).toBe("ascending");
    fireEvent.click(screen.getByRole("button", { name: "Cover" }));
    expect(onSort).toHaveBeenCalledExactlyOnceWith("cover");
  });
});

test("pressing a health adds it to the filter, pressing it again takes it away", () => {
  const onChange = vi.fn();
  const counts = { out: 3, below_safety: 2 };
  renderInTower(<HealthFilter chosen={["out"]} counts={counts} onChange={onChange} />);
  fireEvent.click(screen.getByRole("button", { name: "Below safety 2" }));
  expect(onChange).toHaveBeenLastCalledWith(["out", "below_safety"]);
  const out = screen.getByRole("button", { name: "Out 3" });
  expect(out.getAttribute("aria-pressed")).toBe("true");
  fireEvent.click(out);
  expect(onChange).toHaveBeenLastCalledWith([]);
});

describe("the detail", () => {
  function show(story: StockStory | { status: number }, chart: "chart" | "table" = "chart") {
    const answer = (path: string) => {
      if ("status" in story) {
        const problem = { type: "about:blank", title: "No", code: "not_found", errors: [], ...story };
        return Response.json(problem, { status: story.status });
      }
      const ledger = { items: [MOVEMENT], nextCursor: null, asOf: "2026-11-17T14:32:00.000Z" };
      return Response.json(path.includes("/movements") ? ledger : story);
    };
    vi.stubGlobal("fetch", async (path: string) => answer(path));
    const onChart = vi.fn();
    renderInTower(
      <PositionDetail
        id="100:100-24817@1030"
        chart={chart}
        onChart={onChart}
        siteNameOf={(site) => `${site} Allentown`}
        timeZoneOf={() => "America/New_York"}
        onClose={() => undefined}
      />,
    );
    return { onChart };
  }

  const MOVEMENT = {
    ...{ id: "1", time: "2026-11-17T13:48:00.000Z", movementType: "601", document: "4900182233" },
    ...{ storageLocation: "0001", stockType: "unrestricted", quantity: "-432", unit: "CS", balance: "3456" },
    reference: { kind: "delivery", id: "sap:100:0080334590" },
    record: aStory().locations[0]!.record,
  };

  test("says the day first, then why, then where it is going and coming from", async () => {
    show(aStory());
    await screen.findByText(/^Below safety stock Thu/);
    expect(screen.getByText(/3,456 CS on hand\..*The next receipt, 1,188 CS.*3 orders worth \$38,900/)).toBeTruthy();
    expect(screen.getByRole("img", { name: /^Chart: Below safety stock/ })).toBeTruthy();
    expect(screen.getByRole("link", { name: "on T-1042" }).getAttribute("href")).toBe("/fleet?vehicle=T-1042");
    expect(screen.getByRole("link", { name: "Order 4812207" }).getAttribute("href")).toBe(
      "/orders?order=sap%3A100%3A0004812207",
    );
    const row = await screen.findByRole("row", { name: /Goods issue to delivery 80334590/ });
    expect(row.textContent).toContain("601 · document 4900182233");
    expect(row.textContent).toContain("−432");
    expect(row.textContent).toContain("3,456");
  });

  test("has the chart's twin as a table", async () => {
    const { onChart } = show(aStory(), "table");
    const table = await screen.findByRole("table", { name: "Projected stock by day" });
    expect(within(table).getByRole("row", { name: /^Thu/ }).textContent).toMatch(/\+1,188−1,5882,3001,900 to 2,700$/);
    fireEvent.click(screen.getByRole("button", { name: "Show as a chart" }));
    expect(onChart).toHaveBeenCalledExactlyOnceWith("chart");
  });

  test("says where the count of SAP differs from its movements, with both figures and the record", async () => {
    const [location] = aStory().locations;
    const record = { topic: "sap.MARD", partition: 1, offset: "7", timestamp: "2026-11-17T13:48:00.000Z" };
    show(aStory({ locations: [{ ...location!, snapshotDiffers: { unrestricted: "3400", record } }] }));
    const note = await screen.findByRole("note");
    expect(note.textContent).toContain("0001: counted 3,400, moved 3,456");
    expect(note.textContent).toContain("sap.MARD");
  });

  test("of what nobody has counted says so and draws nothing", async () => {
    const unknown = { health: "unknown", onHand: null, coverDays: null, belowSafetyDay: null, outDay: null } as const;
    show(aStory({ projection: [], counted: [], locations: [] }, unknown));
    await screen.findByText("Nobody has counted it");
    expect(screen.getByText("Without a count there is nothing to project from.")).toBeTruthy();
  });

  test("that is not known says so", async () => {
    show({ status: 404 });
    await waitFor(() => expect(screen.getByText("There is no such material at this site")).toBeTruthy());
  });
});
