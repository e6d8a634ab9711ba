// The order matters: most browsers also name those they descend from.
const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const SYSTEMS = [
  ["Windows", "Windows"],
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;

/** Browser and system, from how a browser names itself; `null` for what is none of the usual ones. */
export function browserOf(userAgent: string | null): { browser: string; system: string | null } | null {
  const named = (list: readonly (readonly [string, string])[]) => list.find(([part]) => userAgent?.includes(part))?.[1];
  const browser = named(BROWSERS);
  return browser === undefined ? null : { browser, system: named(SYSTEMS) ?? null };
}
