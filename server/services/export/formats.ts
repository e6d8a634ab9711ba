import type { ExportInput } from "../../contracts/export-job.ts";

const KM_PER_MILE = 1.609344;

/** How values are written: times in the zone that was asked for, speeds in the units. Heads say which. */
export type ExportFormats = {
  time(at: number | string | null): string | null;
  speed(kmh: number | null): number | null;
  /** A column's head with its zone or unit, where it has one. */
  head(name: string): string;
};

const TIMES: ReadonlySet<string> = new Set([
  "position_time",
  "last_seen",
  "promised",
  "expected",
  "expected_p90",
  "posted",
]);

export function exportFormats({ timeZone, units }: Pick<ExportInput, "timeZone" | "units">): ExportFormats {
  // Swedish writes days and times as ISO does: `2026-08-19 09:30:01`.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  const isUs = units === "us";
  return {
    time(at) {
      const ms = typeof at === "string" ? Date.parse(at) : at;
      return ms === null ? null : format.format(ms);
    },
    speed: (kmh) => (kmh === null ? null : Number((isUs ? kmh / KM_PER_MILE : kmh).toFixed(1))),
    head(name) {
      if (TIMES.has(name)) return `${name} (${timeZone})`;
      return name === "speed" ? `speed (${isUs ? "mph" : "km/h"})` : name;
    },
  };
}
