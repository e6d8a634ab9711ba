"use client";

import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useId, useRef } from "react";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { useRowList } from "@/components/ui/use-row-list.ts";
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
  const { rows, active, setActiveId, onKeyDown, onFocus } = useRowList({
    items: positions,
    holder,
    focused: grid,
    rowHeight: ROW_HEIGHT,
    selectedId,
    onSelect,
    onEndReached,
  });

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
        // The heads have keys of their own.
        onKeyDown={(event) => event.target === event.currentTarget && onKeyDown(event)}
        onFocus={onFocus}
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
                className="list-row position"
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
