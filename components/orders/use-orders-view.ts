"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { withMoment } from "@/components/map/moment.ts";
import { type OrdersView, ordersSearch, parseOrdersView } from "./orders-view.ts";

/**
 * The view as the address tells it, and the way to change it. Opening the first order makes a new entry of the history,
 * so that Back closes it; every other change rewrites the present one.
 */
export function useOrdersView(): [OrdersView, (part: Partial<OrdersView>) => void] {
  const params = useSearchParams();
  const view = useMemo(() => parseOrdersView(new URLSearchParams(params)), [params]);
  const change = useCallback((part: Partial<OrdersView>) => {
    // From the address itself, not from the last render: two changes in one moment must both be kept.
    const before = parseOrdersView(new URLSearchParams(window.location.search));
    const after = { ...before, ...part };
    const opens = before.order === null && after.order !== null;
    const address = window.location.pathname + withMoment(ordersSearch(after));
    window.history[opens ? "pushState" : "replaceState"](null, "", address);
  }, []);
  return [view, change];
}
