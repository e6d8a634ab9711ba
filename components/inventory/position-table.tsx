"use client";

import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { StockPosition } from "@/server/contracts/stock.ts";
import type { Sort } from "./inventory-view.ts";
import { PositionRow } from "./position-row.tsx";

type Column = keyof ReturnType<typeof usePreferences>["text"]["inventory"]["columns"];

/** The columns in order; those with a sort can be sorted by. Stock is sorted by the most, all others by the least. */
const COLUMNS: readonly { name: Column; sort?: Sort; isNumber?: boolean }[] = [
  { name: "material", sort: "material" },
  { name: "site", sort: "site" },
  { name: "onHand", sort: "on_hand", isNumber: true },
  { name: "safety", isNumber: true },
  { name: "inbound", isNumber: true },
  { name: "projected" },
  { name: "cover", sort: "cover", isNumber: true },
  { name: "health", sort: "risk" },
];

const ROW_HEIGHT = 42;
const PAGE_ROWS = 10;

type PositionTableProps = {
  positions: readonly StockPosition[];
  /** How many there are in all, loaded or not. */
  total: number;
  siteNameOf(site: string): string;
  selectedId: string | null;
  sort: Sort;
  nowMs: number;
  onSort(sort: Sort): void;
  onSelect(id: string): void;
  /** The end of what is loaded is near. */
  onEndReached(): void;
  /** Somebody points at the table: its rows should stay where they are. */
  onHold(held: boolean): void;
};

/**
 * The keyboard twin of the map: a grid of which only the rows in sight are in the page. One row is active (arrows, j
 * and k, Home, End), Enter opens it. The active row is kept by its id, so that a refreshed table does not move it.
 */
export function PositionTable(props: PositionTableProps) {
  const { positions, total, siteNameOf, selectedId, sort, nowMs, onSort, onSelect, onEndReached, onHold } = props;
  const { text } = usePreferences();
  const { inventory } = text;
  const holder = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const gridId = useId();
  const [activeId, setActiveId] = useState(selectedId);
  const active = positions.findIndex(({ id }) => id === activeId);

  const rangeExtractor = useCallback(
    // The active row stays in the page even when scrolled away: the grid names it.
    (range: Range) => withIndex(defaultRangeExtractor(range), active),
    [active],
  );
  const rows = useVirtualizer({
    count: positions.length,
    getScrollElement: () => holder.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => positions[index]?.id ?? index,
    overscan: 8,
    rangeExtractor,
  });
  const lastShown = rows.range?.endIndex ?? 0;
  useEffect(() => {
    if (lastShown >= positions.length - PAGE_ROWS) onEndReached();
  }, [lastShown, positions.length, onEndReached]);
  useScrollToSelected(selectedId, positions, rows.scrollToIndex, setActiveId);

  const go = (index: number) => {
    const next = Math.max(0, Math.min(positions.length - 1, index));
    const position = positions[next];
    if (!position) return;
    setActiveId(position.id);
    rows.scrollToIndex(next);
    grid.current?.focus({ preventScroll: true });
  };
  useShortcut("next", () => go(active + 1));
  useShortcut("previous", () => go(active < 0 ? 0 : active - 1));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const target = targetOf(event.key, active, positions.length);
    const opens = event.key === "Enter" || event.key === " ";
    if (target === null && !opens) return;
    event.preventDefault();
    if (target !== null) go(target);
    else if (active >= 0) onSelect(positions[active]!.id);
  };

  const rowId = (id: string) => `${gridId}-${id}`;
  return (
    <div
      ref={holder}
      className="scroll position-scroll"
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
    >
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are chosen is a grid
        role="grid"
        tabIndex={0}
        aria-label={inventory.label}
        aria-rowcount={total + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={active >= 0 ? rowId(positions[active]!.id) : undefined}
        className="position-table"
        onKeyDown={onKeyDown}
        onFocus={() => active < 0 && positions[0] && setActiveId(positions[0].id)}
      >
        <thead>
          <tr aria-rowindex={1} className="position-head">
            {COLUMNS.map((column) => (
              <ColumnHead key={column.name} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ key, index, start }) => {
            const position = positions[index];
            if (!position) return null;
            return (
              <tr
                key={key}
                id={rowId(position.id)}
                aria-rowindex={index + 2}
                aria-selected={position.id === selectedId}
                data-active={index === active || undefined}
                className="position"
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => {
                  setActiveId(position.id);
                  onSelect(position.id);
                }}
              >
                <PositionRow position={position} siteName={siteNameOf(position.site)} nowMs={nowMs} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type ColumnHeadProps = { column: (typeof COLUMNS)[number]; sort: Sort; onSort(sort: Sort): void };

function ColumnHead({ column: { name, sort: own, isNumber }, sort, onSort }: ColumnHeadProps) {
  const { inventory } = usePreferences().text;
  const label = inventory.columns[name];
  const isSorted = own === sort;
  const direction = own === "on_hand" ? "descending" : "ascending";
  const Arrow = direction === "descending" ? IconArrowDown : IconArrowUp;
  const className = `cell-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${isNumber ? "num" : ""}`;
  return (
    <th scope="col" className={className} aria-sort={isSorted ? direction : undefined}>
      {own ? (
        <button type="button" className="position-sort" title={inventory.sortBy(label)} onClick={() => onSort(own)}>
          {label}
          {isSorted && <Arrow size={12} aria-hidden="true" />}
        </button>
      ) : (
        label
      )}
    </th>
  );
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

/** A position chosen elsewhere (a link) becomes the active row and comes into sight, once. */
function useScrollToSelected(
  selectedId: string | null,
  positions: readonly StockPosition[],
  scrollToIndex: (index: number) => void,
  setActiveId: (id: string) => void,
): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (selectedId === null) shown.current = null;
    if (selectedId === null || shown.current === selectedId) return;
    const index = positions.findIndex(({ id }) => id === selectedId);
    if (index < 0) return;
    shown.current = selectedId;
    setActiveId(selectedId);
    scrollToIndex(index);
  }, [selectedId, positions, scrollToIndex, setActiveId]);
}

function withIndex(indexes: number[], index: number): number[] {
  return index < 0 || indexes.includes(index) ? indexes : [...indexes, index].sort((one, other) => one - other);
}
