"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { useText } from "@/components/ui/preferences.tsx";
import { useAnnounce } from "./announcer.tsx";
import { useShortcut } from "./shortcuts-provider.tsx";

type Pause = {
  /** When the picture was stopped, by this browser's clock; `null` while it moves. */
  pausedSinceMs: number | null;
  toggle(): void;
};

const PauseContext = createContext<Pause>({ pausedSinceMs: null, toggle: () => undefined });

/** Stops what moves by itself (WCAG 2.2.2) for every page: the map, the list and the clock share one pause. */
export function PauseProvider({ children }: { children: ReactNode }) {
  const text = useText();
  const announce = useAnnounce();
  const [pausedSinceMs, setPausedSinceMs] = useState<number | null>(null);
  const value = useMemo(() => {
    const toggle = () => {
      announce(pausedSinceMs === null ? text.clock.paused : text.clock.resumed);
      setPausedSinceMs(pausedSinceMs === null ? Date.now() : null);
    };
    return { pausedSinceMs, toggle };
  }, [pausedSinceMs, announce, text]);
  useShortcut("pause", value.toggle);
  return <PauseContext.Provider value={value}>{children}</PauseContext.Provider>;
}

export const usePause = () => useContext(PauseContext);
