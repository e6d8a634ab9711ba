import { expect, test } from "vitest";
import { marksData } from "@/components/map/map-overlay.ts";
import type { Site } from "@/server/contracts/site.ts";
import { FLOW_LAYERS, flowOverlay } from "./flow-overlay.ts";
import { bow, flowsOf, pressedFlow } from "./order-flows.ts";
import { anOrder } from "./testing.ts";

const aSite = (id: string, longitude: number | null): Site => ({
  id,
  name: id,
  kind: "plant",
  latitude: longitude === null ? null : 40,
  longitude,
  timeZone: null,
  radiusM: null,
  edited: [],
  version: 1,
  record: null,
});
const sites = new Map([aSite("A", -90), aSite("B", -80), aSite("C", null)].map((site) => [site.id, site]));
const lane = (id: string, risk: "on_plan" | "late" | "will_miss", more = {}) =>
  anOrder({ id, risk, originSite: "A", destinationSite: "B", vehicleIds: [], ...more });

const draw = (orders: ReturnType<typeof lane>[], selectedId: string | null = null, at?: [string, number]) =>
  flowOverlay({
    flows: flowsOf(orders, sites),
    vehicles: new Map(at ? [[at[0], { latitude: 40, longitude: at[1] }]] : []),
    selectedId,
    scheme: "dark",
    font: "Inter",
  });

test("orders of one level between the same places are one flow, the worst first", () => {
  const flows = flowsOf([lane("1", "on_plan"), lane("2", "late"), lane("3", "late")], sites);
  expect(flows.map(({ id, level, orders }) => [id, level, orders.length])).toEqual([
    ["2", "high", 2],
    ["1", "calm", 1],
  ]);
});

test("pressing a flow of several orders asks for all of its lane, and from there for the order that was pressed", () => {
  const back = { originSite: "B", destinationSite: "A" };
  const flows = flowsOf([lane("1", "on_plan"), lane("2", "late"), lane("3", "late"), lane("4", "late", back)], sites);
  const anywhere = { from: null, to: null };
  expect(pressedFlow("2", flows, anywhere)).toEqual({ from: "A", to: "B" });
  expect(pressedFlow("1", flows, anywhere)).toEqual({ from: "A", to: "B" });
  expect(pressedFlow("3", flows, { from: "A", to: "B" })).toEqual({ order: "3" });
  expect(pressedFlow("4", flows, anywhere)).toEqual({ order: "4" });
});

test("an order whose end has no place yet is left to the list", () => {
  expect(
    flowsOf([lane("1", "late", { destinationSite: "C" }), lane("2", "late", { originSite: null })], sites),
  ).toEqual([]);
});

test("there and back are two lines, each from its place to the other", () => {
  const [from, to] = [
    { latitude: 40, longitude: -90 },
    { latitude: 40, longitude: -80 },
  ];
  const there = bow(from, to);
  const back = bow(to, from);
  expect(there[0]).toEqual([-90, 40]);
  expect(there.at(-1)).toEqual([-80, 40]);
  expect(there[10]![1]).not.toBeCloseTo(back[10]![1], 1);
});

test("flows at risk are named and drawn above the quiet ones, which carry no mark", () => {
  const { sources, layers } = draw([lane("1", "on_plan"), lane("2", "will_miss")]);
  const titles = sources["flow-marks"]!.features.map(({ properties }) => properties);
  expect(titles).toContainEqual(expect.objectContaining({ id: "2", title: "Marlowe Grocers DC 14" }));
  expect(titles.some((each) => each?.id === "1")).toBe(false);
  const ids = layers.map(({ id }) => id);
  expect(ids.indexOf("flow-critical")).toBeGreaterThan(ids.indexOf("flow-calm"));
  expect(FLOW_LAYERS.every((id) => ids.includes(id))).toBe(true);
});

test("a line goes through the vehicle where that is known, and the chosen order is ringed", () => {
  const { sources } = draw([lane("1", "late", { vehicleIds: ["T1"] })], "1", ["T1", -86]);
  expect(sources.flows!.features.map(({ properties }) => properties?.ahead)).toEqual([false, true]);
  expect(sources["flow-ring"]).toEqual(
    marksData([{ id: "1", latitude: 40, longitude: -86, image: "high", title: "Marlowe Grocers DC 14", order: 0 }]),
  );
});
