import type { MapView } from "@/components/map/fleet-map-props.ts";
import { parseMapView, writeMapView } from "@/components/map/map-address.ts";
import { ORDER_RISKS, ORDER_STATUSES, type OrderRisk, type OrderStatus } from "@/server/contracts/order.ts";

export const SORTS = ["risk", "promised", "value", "customer"] as const;
export type Sort = (typeof SORTS)[number];

/** When an order is promised, from now: what is overdue belongs to each of them. */
export const DUES = ["today", "two_days", "week"] as const;
export type Due = (typeof DUES)[number];

export const TABS = ["timeline", "steps", "lines", "deliveries", "disagreements"] as const;
export type Tab = (typeof TABS)[number];

/** What the orders page shows. All of it lives in the address, so that a link shows a colleague the same thing. */
export type OrdersView = {
  /** The one selection that list, map and detail share. */
  order: string | null;
  tab: Tab;
  risks: readonly OrderRisk[];
  statuses: readonly OrderStatus[];
  text: string;
  customer: string | null;
  site: string | null;
  /** Where they come from and where they go: the flow that was pressed on the map. */
  from: string | null;
  to: string | null;
  due: Due | null;
  sort: Sort;
  /** Where the map looks; `null` until somebody has moved it. */
  map: MapView | null;
  /** Which of the two a narrow screen shows. */
  pane: "list" | "map";
};

const TEXT_LENGTH_MAX = 100;

/** Reads the address. What is unknown or out of bounds in it is left away: an old link still opens. */
export function parseOrdersView(params: URLSearchParams): OrdersView {
  return {
    order: params.get("order") || null,
    tab: one(params.get("tab"), TABS) ?? "timeline",
    risks: several(params.get("risk"), ORDER_RISKS),
    statuses: several(params.get("status"), ORDER_STATUSES),
    text: (params.get("q") ?? "").slice(0, TEXT_LENGTH_MAX),
    customer: params.get("customer") || null,
    site: params.get("site") || null,
    from: params.get("from") || null,
    to: params.get("to") || null,
    due: one(params.get("due"), DUES),
    sort: one(params.get("sort"), SORTS) ?? "risk",
    map: parseMapView(params.get("map")),
    pane: params.get("pane") === "map" ? "map" : "list",
  };
}

/** The address of a view, without what is as usual; an empty string for the usual view. */
export function ordersSearch(view: OrdersView): string {
  const params = new URLSearchParams();
  if (view.order) params.set("order", view.order);
  if (view.tab !== "timeline") params.set("tab", view.tab);
  if (view.risks.length > 0) params.set("risk", view.risks.join(","));
  if (view.statuses.length > 0) params.set("status", view.statuses.join(","));
  if (view.text) params.set("q", view.text);
  if (view.customer) params.set("customer", view.customer);
  if (view.site) params.set("site", view.site);
  if (view.from) params.set("from", view.from);
  if (view.to) params.set("to", view.to);
  if (view.due) params.set("due", view.due);
  if (view.sort !== "risk") params.set("sort", view.sort);
  if (view.map) params.set("map", writeMapView(view.map));
  if (view.pane === "map") params.set("pane", "map");
  // Commas and colons are allowed in a query and make the link readable.
  const search = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return search ? `?${search}` : "";
}

export const isFiltered = (view: OrdersView) =>
  view.risks.length > 0 ||
  view.statuses.length > 0 ||
  view.text !== "" ||
  view.customer !== null ||
  view.site !== null ||
  view.from !== null ||
  view.to !== null ||
  view.due !== null;

/** What clearing the filters leaves away. */
export const NO_FILTERS = {
  risks: [],
  statuses: [],
  text: "",
  customer: null,
  site: null,
  from: null,
  to: null,
  due: null,
} as const satisfies Partial<OrdersView>;

const one = <Name extends string>(text: string | null, known: readonly Name[]): Name | null =>
  known.find((name) => name === text) ?? null;

function several<Name extends string>(list: string | null, known: readonly Name[]): Name[] {
  const wanted = new Set(list?.split(","));
  return known.filter((name) => wanted.has(name));
}
