"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { withMoment } from "@/components/map/moment.ts";
import { type FleetView, fleetSearch, parseFleetView } from "./fleet-view.ts";

/**
 * The view as the address tells it, and the way to change it. Opening the first vehicle makes a new entry of the
 * history, so that Back closes it; every other change rewrites the present one.
 */
export function useFleetView(): [FleetView, (part: Partial<FleetView>) => void] {
  const params = useSearchParams();
  const view = useMemo(() => parseFleetView(new URLSearchParams(params)), [params]);
  const change = useCallback((part: Partial<FleetView>) => {
    // From the address itself, not from the last render: two changes in one moment must both be kept.
    const before = parseFleetView(new URLSearchParams(window.location.search));
    const after = { ...before, ...part };
    const opens = before.vehicle === null && after.vehicle !== null;
    const address = window.location.pathname + withMoment(fleetSearch(after));
    window.history[opens ? "pushState" : "replaceState"](null, "", address);
  }, []);
  return [view, change];
}
