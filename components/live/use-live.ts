"use client";

import { useSyncExternalStore } from "react";
import { useLiveClient } from "./live-provider.tsx";
import type { LiveState } from "./live-state.ts";

/** The link and the newest pulse. Renders once a second at most while all is well. */
export function useLive(): LiveState & { retryNow(): void } {
  const client = useLiveClient();
  const state = useSyncExternalStore(client.subscribe, client.getState, client.getState);
  return { ...state, retryNow: client.retryNow };
}
