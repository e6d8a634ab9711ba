"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { withMoment } from "@/components/map/moment.ts";
import { type InventoryView, inventorySearch, parseInventoryView } from "./inventory-view.ts";

/**
 * The view as the address tells it, and the way to change it. Opening the first material makes a new entry of the
 * history, so that Back closes it; every other change rewrites the present one.
 */
export function useInventoryView(): [InventoryView, (part: Partial<InventoryView>) => void] {
  const params = useSearchParams();
  const view = useMemo(() => parseInventoryView(new URLSearchParams(params)), [params]);
  const change = useCallback((part: Partial<InventoryView>) => {
    // From the address itself, not from the last render: two changes in one moment must both be kept.
    const before = parseInventoryView(new URLSearchParams(window.location.search));
    const after = { ...before, ...part };
    const opens = before.position === null && after.position !== null;
    const address = window.location.pathname + withMoment(inventorySearch(after));
    window.history[opens ? "pushState" : "replaceState"](null, "", address);
  }, []);
  return [view, change];
}
