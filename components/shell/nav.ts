import { type Icon, IconMap2 } from "@tabler/icons-react";
import type { Messages } from "@/components/messages/en.ts";
import type { Role } from "@/server/contracts/role.ts";
import type { ShortcutId } from "./shortcuts.ts";

export type NavEntry = {
  path: string;
  name: keyof Messages["pages"];
  icon: Icon;
  /** Who sees it in the rail and the palette. The server decides again for every page. */
  roles: readonly Role[];
  shortcut: ShortcutId;
};

/** A page is its `page.tsx` and a line here. */
export const NAV: readonly NavEntry[] = [
  { path: "/fleet", name: "fleet", icon: IconMap2, roles: ["planner", "manager", "admin"], shortcut: "goFleet" },
];

export const navFor = (role: Role): readonly NavEntry[] => NAV.filter((entry) => entry.roles.includes(role));

export const navAt = (path: string): NavEntry | undefined =>
  NAV.find((entry) => path === entry.path || path.startsWith(`${entry.path}/`));
