import { NAV } from "@/components/shell/nav.ts";
import { Role } from "@/server/contracts/role.ts";
import { allRoutes } from "./routes.ts";

/** One thing that can be asked of the tower, and the least role that may: `open` needs no sign-in. */
export type AccessRow = { what: string; least: Role | "open" };

/** What a socket may be asked; the names of the events and who may send them. */
const SOCKET_ROWS: readonly AccessRow[] = [
  { what: "socket fleet:view", least: "planner" },
  { what: "socket orders:since", least: "planner" },
  { what: "socket inventory:since", least: "planner" },
];

const OPEN_PAGES: readonly AccessRow[] = [
  { what: "page /sign-in", least: "open" },
  { what: "page /join", least: "open" },
];

/** Everything that pages, API and sockets can be asked: the table of the documentation, and what the tests go through. */
export function accessRows(): AccessRow[] {
  const pages = NAV.flatMap(({ path, also = [], roles }) =>
    [path, ...also].map((each) => ({ what: `page ${each}`, least: leastOf(roles) })),
  );
  const api = allRoutes().map(({ route }) => ({ what: `${route.method} ${route.path}`, least: route.role }));
  return [...OPEN_PAGES, ...pages, ...SOCKET_ROWS, ...api.sort((a, b) => compare(pathOf(a), pathOf(b)))];
}

const leastOf = (roles: readonly Role[]): Role => Role.options.find((role) => roles.includes(role))!;
const pathOf = ({ what }: AccessRow) => what.slice(what.indexOf(" ") + 1) + what;
const compare = (a: string, b: string) => (a < b ? -1 : 1);

/** The table as `docs/access.md` holds it. */
export function accessTable(): string {
  const mark = (row: AccessRow, role: Role | "nobody") => {
    if (row.least === "open") return "yes";
    if (role === "nobody") return "–";
    return Role.options.indexOf(role) >= Role.options.indexOf(row.least) ? "yes" : "–";
  };
  const columns = ["nobody", ...Role.options] as const;
  return [
    `| What | ${columns.join(" | ")} |`,
    `| --- | ${columns.map(() => "---").join(" | ")} |`,
    ...accessRows().map((row) => `| \`${row.what}\` | ${columns.map((role) => mark(row, role)).join(" | ")} |`),
  ].join("\n");
}
