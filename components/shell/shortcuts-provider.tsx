"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { makeShortcutReader, type ShortcutId } from "./shortcuts.ts";

type Handlers = Map<ShortcutId, () => void>;

const HandlersContext = createContext<Handlers | null>(null);

/** Listens once for the whole tower and hands each shortcut to whoever has registered for it. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const handlers = useRef<Handlers>(new Map()).current;
  const { singleKeys } = usePreferences();

  useEffect(() => {
    const read = makeShortcutReader();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat === undefined) return;
      const typing = isTyping(event.target);
      const id = read(event, { typing, singleKeys });
      // An open dialog has the keyboard to itself; only the palette may open over the page.
      if (!id || (id !== "palette" && dialogIsOpen())) return;
      const handler = handlers.get(id);
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [handlers, singleKeys]);

  return <HandlersContext.Provider value={handlers}>{children}</HandlersContext.Provider>;
}

/** Answers a shortcut while the calling component is mounted. */
export function useShortcut(id: ShortcutId, handler: () => void): void {
  const handlers = useContext(HandlersContext);
  const newest = useRef(handler);
  newest.current = handler;
  useEffect(() => {
    if (!handlers) return;
    const answer = () => newest.current();
    handlers.set(id, answer);
    return () => {
      if (handlers.get(id) === answer) handlers.delete(id);
    };
  }, [handlers, id]);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

const dialogIsOpen = () => document.querySelector("[role=dialog], [role=menu]") !== null;
