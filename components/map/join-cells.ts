import type { CellFrame } from "@/server/contracts/decode-frame.ts";
import {
  HEXAGON_WIDTH_DEGREES,
  hexagonAt,
  hexagonMiddle,
  latitudeAt,
  mercatorX,
  mercatorY,
} from "@/server/contracts/tiles.ts";

export type MapCell = {
  /** Middle, longitude and latitude. */
  middle: [number, number];
  /** The six corners, the first again at the end. */
  ring: [number, number][];
  count: number;
  late: number;
  critical: number;
};

const SCREEN_WIDTH_MIN = 36;
/** Hexagons leave a hairline between them. */
const FILL = 0.95;

/** Width in degrees that keeps a hexagon between 36 and 72 pixels wide, so that its count can be read. */
export function cellWidthAt(zoom: number): number {
  const pixelsADegree = (512 * 2 ** zoom) / 360;
  let width = HEXAGON_WIDTH_DEGREES;
  while (width * pixelsADegree < SCREEN_WIDTH_MIN && width < 64) width *= 2;
  return width;
}

/** Joins the server's hexagons into larger ones by where their middles lie. The sums stay exact. */
export function joinCells(frame: CellFrame, widthDegrees: number): MapCell[] {
  const width = widthDegrees / 360;
  const joined = new Map<string, MapCell>();
  for (let index = 0; index < frame.count.length; index++) {
    const at = hexagonAt(mercatorX(frame.lng[index]!), mercatorY(frame.lat[index]!), width);
    const key = `${at.column}:${at.row}`;
    const cell = joined.get(key) ?? emptyCell(hexagonMiddle(at, width), width);
    cell.count += frame.count[index]!;
    cell.late += frame.late[index]!;
    cell.critical += frame.critical[index]!;
    joined.set(key, cell);
  }
  return [...joined.values()];
}

const degrees = (x: number, y: number): [number, number] => [(x - 0.5) * 360, latitudeAt(y)];

function emptyCell({ x, y }: { x: number; y: number }, width: number): MapCell {
  const radius = (width / Math.sqrt(3)) * FILL;
  const ring = Array.from({ length: 7 }, (_, corner) => {
    const angle = (Math.PI / 180) * (60 * corner - 30);
    return degrees(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  });
  return { middle: degrees(x, y), ring, count: 0, late: 0, critical: 0 };
}
