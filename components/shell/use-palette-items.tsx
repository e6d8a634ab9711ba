"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { IconKeyboard, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { vehiclePageQuery } from "@/components/fleet/vehicle-queries.ts";
import { Kbd } from "@/components/ui/kbd.tsx";
import { vehicleLevel } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import type { Role } from "@/server/contracts/role.ts";
import { navFor } from "./nav.ts";
import { usePause } from "./pause.tsx";

type PaletteGroup = "vehicles" | "pages" | "actions";

export type PaletteItem = {
  id: string;
  group: PaletteGroup;
  label: string;
  detail: string;
  icon: ReactNode;
  aside: ReactNode;
  run(): void;
};

const VEHICLES_SHOWN_MAX = 8;

/** Everything the palette offers for what was typed, in the order of the groups, and a line about the search itself. */
export function usePaletteItems(query: string, role: Role, onHelp: () => void): { items: PaletteItem[]; note: string } {
  const text = useText();
  const vehicles = useVehicleItems(query.trim());
  const others = [...usePageItems(role), ...useActionItems(onHelp)];
  const wanted = query.trim().toLowerCase();
  const items = [...vehicles.items, ...others.filter(({ label }) => label.toLowerCase().includes(wanted))];
  if (vehicles.failed) return { items, note: text.palette.failed };
  if (wanted === "") return { items, note: text.palette.hint };
  if (vehicles.searching) return { items, note: text.palette.searching };
  return { items, note: items.length === 0 ? text.palette.nothing(query.trim()) : "" };
}

function useVehicleItems(query: string) {
  const text = useText();
  const router = useRouter();
  const [settled] = useDebouncedValue(query, 120);
  const search = useQuery({
    ...vehiclePageQuery({ q: settled, sort: "id", limit: VEHICLES_SHOWN_MAX }),
    enabled: settled !== "",
    placeholderData: keepPreviousData,
  });
  const found = settled === "" || query === "" ? [] : (search.data?.items ?? []);
  const items = found.map((vehicle): PaletteItem => {
    const level = vehicleLevel(vehicle);
    return {
      id: `vehicle-${vehicle.id}`,
      group: "vehicles",
      label: vehicle.id,
      detail: "",
      icon: <LevelMark level={level} size={14} />,
      aside: <span className="small faint">{text.levels[level]}</span>,
      run: () => router.push(vehicleAddress(vehicle.id)),
    };
  });
  return { items, searching: query !== settled || search.isFetching, failed: search.isError };
}

/** On the fleet page the vehicle joins what is shown there; from elsewhere it opens the usual view. */
function vehicleAddress(id: string): string {
  const params = new URLSearchParams(window.location.pathname === "/fleet" ? window.location.search : "");
  params.set("vehicle", id);
  return `/fleet?${params}`;
}

function usePageItems(role: Role): PaletteItem[] {
  const text = useText();
  const router = useRouter();
  return navFor(role).map(({ path, name, icon: Icon }) => ({
    id: `page-${path}`,
    group: "pages",
    label: text.palette.goTo(text.pages[name]),
    detail: "",
    icon: <Icon size={16} aria-hidden="true" />,
    aside: (
      <span className="keys">
        <Kbd>g</Kbd>
        <Kbd>{name.charAt(0)}</Kbd>
      </span>
    ),
    run: () => router.push(path),
  }));
}

function useActionItems(onHelp: () => void): PaletteItem[] {
  const text = useText();
  const { pausedSinceMs, toggle } = usePause();
  const paused = pausedSinceMs !== null;
  const PauseIcon = paused ? IconPlayerPlay : IconPlayerPause;
  return [
    {
      id: "pause",
      group: "actions",
      label: paused ? text.clock.resume : text.clock.pause,
      detail: "",
      icon: <PauseIcon size={16} aria-hidden="true" />,
      aside: <Kbd>p</Kbd>,
      run: toggle,
    },
    {
      id: "help",
      group: "actions",
      label: text.shell.showShortcuts,
      detail: "",
      icon: <IconKeyboard size={16} aria-hidden="true" />,
      aside: <Kbd>?</Kbd>,
      run: onHelp,
    },
  ];
}

/** Neighbours of one group together, with the place of the first among all items. */
export function paletteGroups(items: readonly PaletteItem[]) {
  const groups: { group: PaletteGroup; first: number; items: PaletteItem[] }[] = [];
  for (const [index, item] of items.entries()) {
    const last = groups.at(-1);
    if (last?.group === item.group) last.items.push(item);
    else groups.push({ group: item.group, first: index, items: [item] });
  }
  return groups;
}
