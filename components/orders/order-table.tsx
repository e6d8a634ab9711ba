"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useId, useRef, useState } from "react";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import type { OrderSummary } from "@/server/contracts/order.ts";
import type { Site } from "@/server/contracts/site.ts";
import { OrderRow } from "./order-row.tsx";

type OrderTableProps = {
  orders: readonly OrderSummary[];
  /** How many there are in all, loaded or not; `null` when that is not known. */
  total: number | null;
  sites: ReadonlyMap<string, Site>;
  selectedId: string | null;
  onSelect(id: string | null): void;
  /** The end of what is loaded is near. */
  onEndReached(): void;
  /** Somebody points at the list: its rows should stay where they are. */
  onHold(held: boolean): void;
};

const ROW_HEIGHT = 44;
const PAGE_ROWS = 10;

/**
 * The keyboard twin of the map: a listbox of which only the rows in sight are in the page. One row is active (arrows, j and
 * k, Home, End), Enter opens it. The active row is kept by its id, so that a refreshed list does not move it.
 */
export function OrderTable(props: OrderTableProps) {
  const { orders, total, sites, selectedId, onSelect, onEndReached, onHold } = props;
  const text = useText();
  const holder = useRef<HTMLDivElement>(null);
  const tableId = useId();
  const [activeId, setActiveId] = useState(selectedId);
  const active = orders.findIndex(({ id }) => id === activeId);
  const rows = useRows(holder, orders, active);
  const lastShown = rows.range?.endIndex ?? 0;
  useEffect(() => {
    if (lastShown >= orders.length - PAGE_ROWS) onEndReached();
  }, [lastShown, orders.length, onEndReached]);
  useScrollToSelected(selectedId, orders, rows.scrollToIndex, setActiveId);

  const go = (index: number) => {
    const next = Math.max(0, Math.min(orders.length - 1, index));
    const order = orders[next];
    if (!order) return;
    setActiveId(order.id);
    rows.scrollToIndex(next);
    holder.current?.focus({ preventScroll: true });
  };
  useShortcut("next", () => go(active + 1));
  useShortcut("previous", () => go(active < 0 ? 0 : active - 1));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = targetOf(event.key, active, orders.length);
    const opens = event.key === "Enter" || event.key === " ";
    if (target === null && !opens) return;
    event.preventDefault();
    if (target !== null) go(target);
    else if (active >= 0) onSelect(orders[active]!.id);
  };

  const rowId = (id: string) => `${tableId}-${id}`;
  return (
    <div
      ref={holder}
      role="listbox"
      tabIndex={0}
      aria-label={text.orders.listLabel}
      aria-activedescendant={active >= 0 ? rowId(orders[active]!.id) : undefined}
      className="scroll order-table"
      onKeyDown={onKeyDown}
      onFocus={() => active < 0 && orders[0] && setActiveId(orders[0].id)}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
    >
      <div role="presentation" className="order-rows" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const order = orders[index];
          if (!order) return null;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the listbox keeps the focus and names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox answers the keys
            <div
              key={key}
              id={rowId(order.id)}
              role="option"
              aria-selected={order.id === selectedId}
              aria-setsize={total ?? -1}
              aria-posinset={index + 1}
              data-active={index === active || undefined}
              className="order"
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                setActiveId(order.id);
                onSelect(order.id);
              }}
            >
              <OrderRow order={order} sites={sites} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const NUMBERS = new Set(["value", "promised", "expected"]);

/** What the columns hold, for the eye; each option says it in words. */
export function OrderHeads() {
  const { columns } = useText().orders;
  return (
    <div className="order order-heads tiny faint" aria-hidden="true">
      {Object.entries(columns).map(([name, word]) => (
        <span key={name} className={NUMBERS.has(name) ? "num" : undefined}>
          {word}
        </span>
      ))}
    </div>
  );
}

function useRows(holder: RefObject<HTMLDivElement | null>, orders: readonly OrderSummary[], active: number) {
  const rangeExtractor = useCallback(
    // The active row stays in the page even when scrolled away: the listbox names it.
    (range: Range) => (active < 0 ? defaultRangeExtractor(range) : withIndex(defaultRangeExtractor(range), active)),
    [active],
  );
  return useVirtualizer({
    count: orders.length,
    getScrollElement: () => holder.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => orders[index]?.id ?? index,
    overscan: 8,
    rangeExtractor,
  });
}

function targetOf(key: string, active: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return active + 1;
    case "ArrowUp":
      return active - 1;
    case "PageDown":
      return active + PAGE_ROWS;
    case "PageUp":
      return active - PAGE_ROWS;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

/** An order chosen elsewhere (map, palette, link) becomes the active row and comes into sight, once. */
function useScrollToSelected(
  selectedId: string | null,
  orders: readonly OrderSummary[],
  scrollToIndex: (index: number) => void,
  setActiveId: (id: string) => void,
): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (selectedId === null) shown.current = null;
    if (selectedId === null || shown.current === selectedId) return;
    const index = orders.findIndex(({ id }) => id === selectedId);
    if (index < 0) return;
    shown.current = selectedId;
    setActiveId(selectedId);
    scrollToIndex(index);
  }, [selectedId, orders, scrollToIndex, setActiveId]);
}

function withIndex(indexes: number[], index: number): number[] {
  return indexes.includes(index) ? indexes : [...indexes, index].sort((a, b) => a - b);
}
