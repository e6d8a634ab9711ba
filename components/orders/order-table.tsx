"use client";

import { useMediaQuery } from "@mantine/hooks";
import { useId, useRef } from "react";
import { useText } from "@/components/ui/preferences.tsx";
import { useRowList } from "@/components/ui/use-row-list.ts";
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
/** On a phone the reason has a line of its own. */
const TALL_ROW_HEIGHT = 64;

/**
 * The keyboard twin of the map: a listbox of which only the rows in sight are in the page. One row is active (arrows, j and
 * k, Home, End), Enter opens it. The active row is kept by its id, so that a refreshed list does not move it.
 */
export function OrderTable(props: OrderTableProps) {
  const { orders, total, sites, selectedId, onSelect, onEndReached, onHold } = props;
  const text = useText();
  const holder = useRef<HTMLDivElement>(null);
  const tableId = useId();
  const { rows, active, setActiveId, onKeyDown, onFocus } = useRowList({
    items: orders,
    holder,
    rowHeight: useMediaQuery("(max-width: 639px)") ? TALL_ROW_HEIGHT : ROW_HEIGHT,
    selectedId,
    onSelect,
    onEndReached,
  });

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
      onFocus={onFocus}
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
              className="list-row order"
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
