import {
  type Icon,
  IconBuildingFactory2,
  IconBuildingWarehouse,
  IconDatabase,
  IconMap2,
  IconPackage,
  IconSettings,
} from "@tabler/icons-react";
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
  /** Where in the rail: the daily work, the running of the tower below a rule, or at the foot. */
  group: "work" | "manage" | "foot";
  /** Further pages that stand under this entry, each by its own tab. */
  also?: readonly string[];
};

const EVERYBODY: readonly Role[] = ["planner", "manager", "admin"];
const ADMIN: readonly Role[] = ["admin"];

/** A page is its `page.tsx` and a line here. */
export const NAV: readonly NavEntry[] = [
  { path: "/fleet", name: "fleet", icon: IconMap2, roles: EVERYBODY, shortcut: "goFleet", group: "work" },
  { path: "/orders", name: "orders", icon: IconPackage, roles: EVERYBODY, shortcut: "goOrders", group: "work" },
  {
    path: "/inventory",
    name: "inventory",
    icon: IconBuildingWarehouse,
    roles: EVERYBODY,
    shortcut: "goInventory",
    group: "work",
  },
  { path: "/admin/data", name: "data", icon: IconDatabase, roles: ADMIN, shortcut: "goData", group: "manage" },
  {
    path: "/admin/sites",
    name: "sites",
    icon: IconBuildingFactory2,
    roles: ADMIN,
    shortcut: "goSites",
    group: "manage",
  },
  {
    path: "/admin/people",
    name: "settings",
    icon: IconSettings,
    roles: ADMIN,
    shortcut: "goSettings",
    group: "foot",
    also: ["/admin/keys", "/admin/audit"],
  },
];

export const navFor = (role: Role): readonly NavEntry[] => NAV.filter((entry) => entry.roles.includes(role));

export const navAt = (path: string): NavEntry | undefined =>
  NAV.find(({ path: own, also = [] }) => [own, ...also].some((each) => path === each || path.startsWith(`${each}/`)));
