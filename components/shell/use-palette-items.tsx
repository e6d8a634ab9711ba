"use client";

import { useDebouncedValue } from "@mantine/hooks";
import {
  type Icon,
  IconBox,
  IconBuildingWarehouse,
  IconFileInvoice,
  IconKeyboard,
  IconPackage,
  IconPlayerPause,
  IconPlayerPlay,
  IconRoute,
  IconShoppingCart,
  IconTruck,
  IconUser,
} from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { Kbd } from "@/components/ui/kbd.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import type { Role } from "@/server/contracts/role.ts";
import { type Found, SearchAnswer } from "@/server/contracts/search.ts";
import { navFor } from "./nav.ts";
import { usePause } from "./pause.tsx";
import { SHORTCUTS } from "./shortcuts.ts";

type PaletteGroup = "found" | "pages" | "actions";

export type PaletteItem = {
  id: string;
  group: PaletteGroup;
  label: string;
  detail: string;
  icon: ReactNode;
  aside: ReactNode;
  run(): void;
};

/** Everything the palette offers for what was typed, in the order of the groups, and a line about the search itself. */
export function usePaletteItems(query: string, role: Role, onHelp: () => void): { items: PaletteItem[]; note: string } {
  const text = useText();
  const found = useFoundItems(query.trim());
  const others = [...usePageItems(role), ...useActionItems(onHelp)];
  const wanted = query.trim().toLowerCase();
  const items = [...found.items, ...others.filter(({ label }) => label.toLowerCase().includes(wanted))];
  if (found.failed) return { items, note: text.palette.failed };
  if (wanted === "") return { items, note: text.palette.hint };
  if (found.searching) return { items, note: text.palette.searching };
  return { items, note: items.length === 0 ? text.palette.nothing(query.trim()) : "" };
}

const KIND_ICONS: Record<Found["kind"], Icon> = {
  vehicle: IconTruck,
  order: IconPackage,
  purchase_order: IconShoppingCart,
  delivery: IconFileInvoice,
  shipment: IconRoute,
  material: IconBox,
  customer: IconUser,
  site: IconBuildingWarehouse,
};

function useFoundItems(query: string) {
  const text = useText();
  const router = useRouter();
  const [settled] = useDebouncedValue(query, 120);
  const search = useQuery({
    queryKey: ["search", settled],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/search?${new URLSearchParams({ q: settled })}`, SearchAnswer, { signal }),
    enabled: settled !== "",
    placeholderData: keepPreviousData,
  });
  const found = settled === "" || query === "" ? [] : (search.data?.items ?? []);
  const items = found.map(({ kind, id, title, path }): PaletteItem => {
    const KindIcon = KIND_ICONS[kind];
    return {
      id: `${kind}-${id}`,
      group: "found",
      label: title,
      detail: "",
      icon: <KindIcon size={16} aria-hidden="true" />,
      aside: <span className="small faint">{text.palette.kinds[kind]}</span>,
      run: () => router.push(addressOf(path)),
    };
  });
  return { items, searching: query !== settled || search.isFetching, failed: search.isError };
}

/** On the page that shows it, what was found joins the view that is open there; from elsewhere it opens the usual one. */
function addressOf(path: string): string {
  const target = new URL(path, window.location.origin);
  if (target.pathname !== window.location.pathname) return path;
  const params = new URLSearchParams(window.location.search);
  for (const [name, value] of target.searchParams) params.set(name, value);
  return `${target.pathname}?${params}`;
}

function usePageItems(role: Role): PaletteItem[] {
  const text = useText();
  const router = useRouter();
  return navFor(role).map(({ path, name, icon: PageIcon, shortcut }) => ({
    id: `page-${path}`,
    group: "pages",
    label: text.palette.goTo(text.pages[name]),
    detail: "",
    icon: <PageIcon size={16} aria-hidden="true" />,
    aside: (
      <span className="keys">
        <Kbd>g</Kbd>
        <Kbd>{SHORTCUTS.find(({ id }) => id === shortcut)?.keys[1]}</Kbd>
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
