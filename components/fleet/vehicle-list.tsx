"use client";

import { useId, useRef } from "react";
import { useRowList } from "@/components/ui/use-row-list.ts";
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

/**
 * The keyboard twin of the map: a listbox of which only the rows in sight are in the page. One row is active (arrows,
 * j and k, Home, End), Enter opens it. The active row is kept by its id, so that a refreshed list does not move it.
 */
export function VehicleList(props: VehicleListProps) {
  const { label, vehicles, total, sites, selectedId, onSelect, onEndReached, onHold } = props;
  const holder = useRef<HTMLDivElement>(null);
  const listId = useId();
  const { rows, active, setActiveId, onKeyDown, onFocus } = useRowList({
    items: vehicles,
    holder,
    rowHeight: ROW_HEIGHT,
    selectedId,
    onSelect,
    onEndReached,
  });

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
      onFocus={onFocus}
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
              className="list-row vehicle"
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
