"use client";

import { useCallback, useRef, useSyncExternalStore } from "react";
import { useLiveClient } from "./live-provider.tsx";
import type { LiveVehicle } from "./live-state.ts";

/** The newest of one vehicle as the socket tells it; `null` while it is outside the tiles the map looks at. */
export function useLiveVehicle(id: string | null): LiveVehicle | null {
  const { fleet } = useLiveClient();
  const last = useRef<LiveVehicle | null>(null);
  const read = useCallback(() => {
    const next = id === null ? null : fleet.vehicle(id);
    const known = last.current;
    const same =
      next?.id === known?.id &&
      next?.timeMs === known?.timeMs &&
      next?.motion === known?.motion &&
      next?.service === known?.service;
    if (!same) last.current = next;
    return last.current;
  }, [fleet, id]);
  return useSyncExternalStore(fleet.subscribe, read, () => null);
}
