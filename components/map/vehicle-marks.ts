import { MOTIONS, SERVICES } from "@/server/contracts/vehicle.ts";
import { type Level, vehicleLevel } from "../ui/level.ts";
import { tokens } from "../ui/theme.ts";
import type { MapScheme } from "./fleet-map-props.ts";
import { landColour } from "./map-style.ts";

/** The marks in the order they are drawn, the loudest last. A mark's place here is its number on the GPU. */
export const MARKS = [
  "still",
  "calm",
  "normal",
  "unknown",
  "watch",
  "high",
  "critical",
] as const satisfies readonly Level[];
export type Mark = (typeof MARKS)[number];

/** Marks that are drawn at every zoom; the others only where vehicles are not counted in cells. */
export const FIRST_LOUD_MARK = MARKS.indexOf("watch");
/** Drawn behind the mark of the selected vehicle. */
export const RING = MARKS.length;

/** Diameter of each mark at its full size with its rim, in pixels; the ring is last. */
export const MARK_PIXELS = [11, 9, 15, 15, 15, 19, 23, 42] as const;

/** Mark by status byte (`motion + 16 * service`). */
export const MARK_OF_STATUS = Uint8Array.from({ length: 256 }, (_, status) => {
  const motion = MOTIONS[status & 15] ?? "offline";
  const service = SERVICES[status >> 4] ?? "none";
  return MARKS.indexOf(vehicleLevel({ motion, service }) as Mark);
});

export type Colour = [red: number, green: number, blue: number, alpha: number];

const colour = (hex: string, alpha = 1): Colour => {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [channel(1), channel(3), channel(5), alpha];
};

/** Quiet marks are darker than their words: thousands of them are a texture, not a message. */
const QUIET = {
  dark: { still: "#6b7b96", calm: "#7488a6", normal: "#7f94b4" },
  light: { still: "#7b89a0", calm: "#6b7d98", normal: "#5f7290" },
} as const;

/** Colours by mark, the ring last; of a quiet mark when selected; and of the rim that keeps neighbours apart. */
export type MarkColours = { marks: Colour[]; selected: Colour; rim: Colour };

export function markColours(scheme: MapScheme): MarkColours {
  const { unknown, watch, high, critical, accent, text } = tokens[scheme];
  const quiet = QUIET[scheme];
  return {
    marks: [
      colour(quiet.still, 0.85),
      colour(quiet.calm, 0.9),
      colour(quiet.normal, 0.95),
      colour(unknown),
      colour(watch),
      colour(high),
      colour(critical),
      colour(accent),
    ],
    selected: colour(text),
    rim: colour(landColour(scheme)),
  };
}

/** Marks grow with the zoom; loud ones start larger. */
export function markScale(zoom: number, loud: boolean): number {
  const stops = loud ? [0.65, 0.95, 1.1] : [0.5, 0.78, 1.1];
  if (zoom <= 4) return stops[0]!;
  if (zoom <= 6) return stops[0]! + ((stops[1]! - stops[0]!) * (zoom - 4)) / 2;
  if (zoom <= 8) return stops[1]! + ((stops[2]! - stops[1]!) * (zoom - 6)) / 2;
  return stops[2]!;
}
