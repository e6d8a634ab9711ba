"use client";

import { useSyncExternalStore } from "react";
import { useLiveClient } from "@/components/live/live-provider.tsx";
import { useLive } from "@/components/live/use-live.ts";
import { useNow } from "@/components/live/use-now.ts";
import { usePause } from "./pause.tsx";
import { isStale, silentPositions, type TowerState, towerState } from "./tower-state.ts";

/** Time as the whole shell tells it; ticks once a second. */
export function useTowerState(): TowerState {
  const live = useLive();
  const { pausedSinceMs } = usePause();
  const browserMs = useNow();
  return towerState({ live, pausedSinceMs, browserMs });
}

/**
 * The moment that is shown, by the server's clock, for ages: the present, which stands still while paused, or one of the
 * past. Only what shows an age should ask.
 */
export function useServerNow(): number {
  const { subscribe, getState } = useLiveClient();
  const { pausedSinceMs } = usePause();
  const browserMs = useNow();
  const offsetMs = () => getState().serverOffsetMs;
  const pastMs = () => getState().pastMs;
  const presentMs = (pausedSinceMs ?? browserMs) + useSyncExternalStore(subscribe, offsetMs, offsetMs);
  return useSyncExternalStore(subscribe, pastMs, pastMs) ?? presentMs;
}

/** Whether positions may be old: no word from the tower, or none from their source. Renders only when that changes. */
export function useStale(): boolean {
  const { subscribe, getState } = useLiveClient();
  const stale = () => {
    const state = getState();
    return state.pastMs === null && (isStale(state) || silentPositions(state) !== null);
  };
  return useSyncExternalStore(subscribe, stale, stale);
}
