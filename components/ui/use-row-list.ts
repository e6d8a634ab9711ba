"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";

type RowListOptions = {
  items: readonly { id: string }[];
  /** What scrolls. */
  holder: RefObject<HTMLElement | null>;
  /** What has the focus; what scrolls when absent. */
  focused?: RefObject<HTMLElement | null>;
  rowHeight: number;
  selectedId: string | null;
  onSelect(id: string): void;
  /** The end of what is loaded is near. */
  onEndReached(): void;
};

const PAGE_ROWS = 10;

/**
 * A long list by keyboard, of which only the rows in sight are in the page. One row is active (arrows, j and k, Home,
 * End), Enter opens it. The active row is kept by its id, so that a refreshed list does not move it.
 */
export function useRowList({
  items,
  holder,
  focused = holder,
  rowHeight,
  selectedId,
  onSelect,
  onEndReached,
}: RowListOptions) {
  const [activeId, setActiveId] = useState(selectedId);
  const active = items.findIndex(({ id }) => id === activeId);
  const rangeExtractor = useCallback(
    // The active row stays in the page even when scrolled away: the list names it.
    (range: Range) => withIndex(defaultRangeExtractor(range), active),
    [active],
  );
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => holder.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
    rangeExtractor,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows keep the height they had until they are measured again
  useEffect(() => rows.measure(), [rowHeight, rows.measure]);
  const lastShown = rows.range?.endIndex ?? 0;
  useEffect(() => {
    if (lastShown >= items.length - PAGE_ROWS) onEndReached();
  }, [lastShown, items.length, onEndReached]);
  useScrollToSelected(selectedId, items, rows.scrollToIndex, setActiveId);

  const go = (index: number) => {
    const next = Math.max(0, Math.min(items.length - 1, index));
    const item = items[next];
    if (!item) return;
    setActiveId(item.id);
    rows.scrollToIndex(next);
    focused.current?.focus({ preventScroll: true });
  };
  useShortcut("next", () => go(active + 1));
  useShortcut("previous", () => go(active < 0 ? 0 : active - 1));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = targetOf(event.key, active, items.length);
    const opens = event.key === "Enter" || event.key === " ";
    if (target === null && !opens) return;
    event.preventDefault();
    if (target !== null) go(target);
    else if (active >= 0) onSelect(items[active]!.id);
  };
  const onFocus = () => {
    if (active < 0 && items[0]) setActiveId(items[0].id);
  };
  return { rows, active, setActiveId, onKeyDown, onFocus };
}

function targetOf(key: string, active: number, count: number): number | null {
  const targets: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + PAGE_ROWS,
    PageUp: active - PAGE_ROWS,
    Home: 0,
    End: count - 1,
  };
  return targets[key] ?? null;
}

/** What was chosen elsewhere (map, palette, link) becomes the active row and comes into sight, once. */
function useScrollToSelected(
  selectedId: string | null,
  items: readonly { id: string }[],
  scrollToIndex: (index: number) => void,
  setActiveId: (id: string) => void,
): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (selectedId === null) shown.current = null;
    if (selectedId === null || shown.current === selectedId) return;
    const index = items.findIndex(({ id }) => id === selectedId);
    if (index < 0) return;
    shown.current = selectedId;
    setActiveId(selectedId);
    scrollToIndex(index);
  }, [selectedId, items, scrollToIndex, setActiveId]);
}

function withIndex(indexes: number[], index: number): number[] {
  return index < 0 || indexes.includes(index) ? indexes : [...indexes, index].sort((one, other) => one - other);
}
