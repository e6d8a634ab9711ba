import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RoleProvider } from "@/components/shell/role.tsx";
import { renderInTower } from "@/components/ui/testing.tsx";
import type { Order } from "@/server/contracts/order.ts";
import type { Role } from "@/server/contracts/role.ts";
import { OrderDetail } from "./order-detail.tsx";
import type { Tab } from "./orders-view.ts";
import { aMilestone, aWholeOrder } from "./testing.ts";

const record = (topic: string, offset: string) => ({
  topic,
  partition: 2,
  offset,
  timestamp: "2026-11-16T12:00:00.000Z",
});
const order = aWholeOrder({
  risk: "will_miss",
  eta: "2026-11-17T16:24:00.000Z",
  disagreements: 1,
  timeline: [
    aMilestone({ kind: "promised", source: "salesforce", planned: null, varianceMinutes: null, subject: "00001842" }),
    aMilestone(),
    aMilestone({
      kind: "arrived",
      source: "truck",
      planned: "2026-11-17T14:30:00.000Z",
      actual: null,
      expected: { p50: "2026-11-17T16:24:00.000Z", p90: "2026-11-17T17:05:00.000Z" },
      varianceMinutes: 114,
      subject: null,
      record: null,
    }),
  ],
  disagreementList: [
    {
      fact: "quantity",
      line: "000010",
      sides: [
        { system: "salesforce", value: "1284 CS", record: record("salesforce.OrderItemChangeEvent", "4411") },
        { system: "sap", value: "1188 CS", record: record("sap.VBAP", "918442107") },
      ],
    },
  ],
});

function show(tab: Tab, answer: Response = Response.json(order), id = order.id, role: Role = "planner") {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => answer.clone()),
  );
  const given = { onTab: vi.fn(), onClose: vi.fn(), onMoved: vi.fn() };
  renderInTower(
    <RoleProvider value={role}>
      <OrderDetail id={id} summary={undefined} sites={new Map()} tab={tab} {...given} />
    </RoleProvider>,
  );
  return given;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-17T14:32:07.000Z") });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("one order across the systems", () => {
  test("it says first how the order stands and by how much", async () => {
    show("timeline");
    expect((await screen.findByRole("heading", { name: "Order 4812207" })).textContent).toBe("Order 4812207");
    expect(screen.getByText("Will miss by 1 h 54 min")).toBeDefined();
  });

  test("each milestone is a button that says everything of it and opens its record", async () => {
    show("timeline");
    const picked = await screen.findByRole("button", { name: /^Picked, SAP/ });
    expect(picked.getAttribute("aria-label")).toBe("Picked, SAP, 80334561, planned 02:00, actual 02:54, 54 min late");
    fireEvent.click(picked);
    await waitFor(() => expect(screen.getByText(/sap\.LIKP/).textContent).toContain("p3 @918"));
    fireEvent.keyDown(picked, { key: "Escape" });
    await waitFor(() => expect(screen.queryByText(/sap\.LIKP/)).toBeNull());
  });

  test("what is expected is said with its chance, and that no record tells it", async () => {
    show("timeline");
    const arrived = await screen.findByRole("button", { name: /^Arrived, Truck/ });
    expect(arrived.getAttribute("aria-label")).toContain("expected p50 16:24, p90 17:05, 1 h 54 min late");
    fireEvent.click(arrived);
    expect(await screen.findByText("No record: it was worked out from others.")).toBeDefined();
  });

  test("the list of steps says the same as the timeline, with every record", async () => {
    show("steps");
    const table = await screen.findByRole("table", { name: "Steps of this order" });
    const rows = within(table).getAllByRole("row").slice(1);
    expect(rows).toHaveLength(order.timeline.length);
    expect(rows[1]!.textContent).toContain("PickedSAP02:0002:54–54 min late80334561sap.LIKP");
  });

  test("a line that was not confirmed in full stands out", async () => {
    const short = { ...order, lines: [{ ...order.lines[0]!, confirmed: "1092.000" }] } satisfies Order;
    show("lines", Response.json(short));
    expect((await screen.findByText("1,092")).className).toContain("tone-high");
  });

  test("deliveries lead to their vehicle, and an admin to the rows they were read from", async () => {
    show("deliveries", Response.json(order), order.id, "admin");
    const vehicle = await screen.findByRole("link", { name: "TRK-48213" });
    expect(vehicle.getAttribute("href")).toBe("/fleet?vehicle=TRK-48213");
    expect(screen.getByRole("link", { name: "VBAK 100|0004812207" }).getAttribute("href")).toBe(
      "/admin/data?tab=snapshots&system=sap&entity=VBAK&key=100%7C0004812207",
    );
  });

  test("somebody who may not open the rows is told where they are", async () => {
    show("deliveries");
    expect((await screen.findByText("VBAK 100|0004812207")).closest("a")).toBeNull();
  });

  test("where systems disagree, both values stand with both records", async () => {
    show("disagreements");
    const list = await screen.findByRole("list", { name: "What the systems say differently" });
    for (const part of ["Quantity line 10", "1284 CS", "1188 CS", "salesforce.OrderItemChangeEvent", "sap.VBAP"])
      expect(list.textContent).toContain(part);
    expect(screen.getByRole("tab", { name: /Systems disagree 1/ })).toBeDefined();
  });

  test("an order that the ERP has taken over is opened under its new id", async () => {
    const { onMoved } = show("timeline", Response.json(order), "salesforce:8015g00000Xk2aAAB");
    await waitFor(() => expect(onMoved).toHaveBeenCalledWith(order.id));
  });

  test("an order nobody knows is said to be so, and a failure offers another try", async () => {
    show("timeline", new Response("{}", { status: 404 }), "sap:100:1");
    expect(await screen.findByText("Order sap:100:1 is not known")).toBeDefined();
  });

  test("a failure says what goes on nevertheless and offers another try", async () => {
    show("timeline", new Response("{}", { status: 500 }));
    expect(await screen.findByText("This order could not be loaded")).toBeDefined();
    expect(screen.getByRole("button", { name: "Try again" })).toBeDefined();
  });
});
