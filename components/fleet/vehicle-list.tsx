"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import type { Site } from "@/server/contracts/site.ts";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { VehicleRow } from "./vehicle-row.tsx";

type VehicleListProps = {
  label: string;
  vehicles: readonly Vehicle[];
  /** How many there are in all, loaded or not; `null` when that is not known. */
  total: number | null;
  sites: readonly Site[];
  selectedId: string | null;
  onSelect(id: string | null): void;
  /** The end of what is loaded is near. */
  onEndReached(): void;
  /** Somebody points at the list or reads in it: its rows should stay where they are. */
  onHold(held: boolean): void;
};

const ROW_HEIGHT = 52;
const PAGE_ROWS = 10;

/**
 * The keyboard twin of the map: a listbox of which only the rows in sight are in the page. One row is active (arrows,
 * j and k, Home, End), Enter opens it. The active row is kept by its id, so that a refreshed list does not move it.
 */
export function VehicleList(props: VehicleListProps) {
  const { label, vehicles, total, sites, selectedId, onSelect, onEndReached, onHold } = props;
  const holder = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [activeId, setActiveId] = useState(selectedId);
  const active = vehicles.findIndex(({ id }) => id === activeId);

  const rangeExtractor = useCallback(
    // The active row stays in the page even when scrolled away: the listbox names it.
    (range: Range) => (active < 0 ? defaultRangeExtractor(range) : withIndex(defaultRangeExtractor(range), active)),
    [active],
  );
  const rows = useVirtualizer({
    count: vehicles.length,
    getScrollElement: () => holder.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => vehicles[index]?.id ?? index,
    overscan: 8,
    rangeExtractor,
  });

  const lastShown = rows.range?.endIndex ?? 0;
  useEffect(() => {
    if (lastShown >= vehicles.length - PAGE_ROWS) onEndReached();
  }, [lastShown, vehicles.length, onEndReached]);
  useScrollToSelected(selectedId, vehicles, rows.scrollToIndex, setActiveId);

  const go = (index: number) => {
    const next = Math.max(0, Math.min(vehicles.length - 1, index));
    const vehicle = vehicles[next];
    if (!vehicle) return;
    setActiveId(vehicle.id);
    rows.scrollToIndex(next);
    holder.current?.focus({ preventScroll: true });
  };
  useShortcut("next", () => go(active + 1));
  useShortcut("previous", () => go(active < 0 ? 0 : active - 1));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = targetOf(event.key, active, vehicles.length);
    const opens = event.key === "Enter" || event.key === " ";
    if (target === null && !opens) return;
    event.preventDefault();
    if (target !== null) go(target);
    else if (active >= 0) onSelect(vehicles[active]!.id);
  };

  const optionId = (id: string) => `${listId}-${id}`;
  return (
    <div
      ref={holder}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={active >= 0 ? optionId(vehicles[active]!.id) : undefined}
      className="scroll vehicle-list"
      onKeyDown={onKeyDown}
      onFocus={() => active < 0 && vehicles[0] && setActiveId(vehicles[0].id)}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
    >
      <div role="presentation" className="vehicle-list-rows" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const vehicle = vehicles[index];
          if (!vehicle) return null;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the listbox keeps the focus and names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox answers the keys
            <div
              key={key}
              id={optionId(vehicle.id)}
              role="option"
              aria-selected={vehicle.id === selectedId}
              aria-setsize={total ?? -1}
              aria-posinset={index + 1}
              data-active={index === active || undefined}
              className="vehicle"
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                setActiveId(vehicle.id);
                onSelect(vehicle.id);
              }}
            >
              <VehicleRow vehicle={vehicle} sites={sites} />
            </div>
          );
        })}
      </div>
    </div>
  );
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

/** A vehicle chosen elsewhere (map, palette, link) becomes the active row and comes into sight, once. */
function useScrollToSelected(
  selectedId: string | null,
  vehicles: readonly Vehicle[],
  scrollToIndex: (index: number) => void,
  setActiveId: (id: string) => void,
): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (selectedId === null) shown.current = null;
    if (selectedId === null || shown.current === selectedId) return;
    const index = vehicles.findIndex(({ id }) => id === selectedId);
    if (index < 0) return;
    shown.current = selectedId;
    setActiveId(selectedId);
    scrollToIndex(index);
  }, [selectedId, vehicles, scrollToIndex, setActiveId]);
}

function withIndex(indexes: number[], index: number): number[] {
  return indexes.includes(index) ? indexes : [...indexes, index].sort((a, b) => a - b);
}
