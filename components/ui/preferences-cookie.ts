import type { Units } from "./formats.ts";

/** In whose time things are told: this computer's, that of the site which is open, or UTC. */
export const ZONES = ["here", "site", "utc"] as const;
export type ZoneChoice = (typeof ZONES)[number];

/** What a person chose for this browser. A cookie, so that the first picture from the server is already theirs. */
export type Preferences = { units: Units; zone: ZoneChoice; singleKeys: boolean };

export const PREFERENCES_COOKIE = "wheelhouse-preferences";
const YEAR_S = 365 * 24 * 3600;

/** The locale a browser asks for first; what it names may be anything, so Intl has the last word. */
export function localeFrom(acceptLanguage: string | null | undefined): string {
  const first = acceptLanguage?.split(",")[0]?.split(";")[0]?.trim();
  if (!first || first === "*") return "en-US";
  try {
    return Intl.getCanonicalLocales(first)[0] ?? "en-US";
  } catch {
    return "en-US";
  }
}

/** Reads the cookie; whatever is missing or unknown in it is what the locale suggests. */
export function parsePreferences(cookie: string | undefined, locale: string): Preferences {
  const chosen = new URLSearchParams(cookie ?? "");
  const units = chosen.get("units");
  return {
    units: units === "us" || units === "metric" ? units : locale.endsWith("-US") ? "us" : "metric",
    zone: ZONES.find((zone) => zone === chosen.get("zone")) ?? "here",
    singleKeys: chosen.get("keys") !== "off",
  };
}

/** The cookie as `document.cookie` takes it. */
export function preferencesCookie({ units, zone, singleKeys }: Preferences): string {
  const value = new URLSearchParams({ units, zone, keys: singleKeys ? "on" : "off" });
  return `${PREFERENCES_COOKIE}=${encodeURIComponent(value.toString())}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
