"use client";

import { useLive } from "@/components/live/use-live.ts";
import { useNow } from "@/components/live/use-now.ts";
import { usePause } from "./pause.tsx";
import { type TowerState, towerState } from "./tower-state.ts";

/** Time as the whole shell tells it; ticks once a second. */
export function useTowerState(): TowerState {
  const live = useLive();
  const { pausedSinceMs } = usePause();
  const browserMs = useNow();
  return towerState({ live, pausedSinceMs, browserMs });
}
