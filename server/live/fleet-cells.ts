import { HEXAGON_WIDTH_DEGREES, hexagonAt, hexagonMiddle, latitudeAt } from "../contracts/tiles.ts";
import { MOTIONS, SERVICES } from "../contracts/vehicle.ts";
import type { Cell } from "./encode-frame.ts";

const WIDTH = HEXAGON_WIDTH_DEGREES / 360;
/** Columns and rows of the whole plane fit in these many, so that one number names a hexagon. */
const COLUMNS = 512;
const MIDDLE = 64;

type Counts = Omit<Cell, "lng" | "lat">;
const MOVING = MOTIONS.indexOf("moving");
const OFFLINE = MOTIONS.indexOf("offline");
const AT_RISK = SERVICES.indexOf("at_risk");
const LATE = SERVICES.indexOf("late");
const CRITICAL = SERVICES.indexOf("critical");

/** The hexagon of a point of the projected plane, as one number. */
export function cellAt(x: number, y: number): number {
  const { column, row } = hexagonAt(x, y, WIDTH);
  return (row + MIDDLE) * COLUMNS + column + MIDDLE;
}

/** Vehicles per hexagon and status, kept up to date one change at a time. */
export class FleetCells {
  readonly #counts = new Map<number, Counts>();
  #dirty = true;

  add(cell: number, status: number): void {
    this.#count(cell, status, 1);
  }

  remove(cell: number, status: number): void {
    this.#count(cell, status, -1);
  }

  /** True once after something changed. */
  takeDirty(): boolean {
    const dirty = this.#dirty;
    this.#dirty = false;
    return dirty;
  }

  /** The whole picture, occupied hexagons only. */
  all(): Cell[] {
    const cells: Cell[] = [];
    for (const [cell, counts] of this.#counts) {
      const at = { column: (cell % COLUMNS) - MIDDLE, row: Math.floor(cell / COLUMNS) - MIDDLE };
      const { x, y } = hexagonMiddle(at, WIDTH);
      cells.push({ lng: (x - 0.5) * 360, lat: latitudeAt(y), ...counts });
    }
    return cells;
  }

  #count(cell: number, status: number, by: 1 | -1): void {
    this.#dirty = true;
    let counts = this.#counts.get(cell);
    if (!counts) {
      counts = { count: 0, moving: 0, atRisk: 0, late: 0, critical: 0, offline: 0 };
      this.#counts.set(cell, counts);
    }
    const motion = status & 15;
    const service = status >> 4;
    counts.count += by;
    if (motion === MOVING) counts.moving += by;
    if (motion === OFFLINE) counts.offline += by;
    if (service === AT_RISK) counts.atRisk += by;
    if (service === LATE) counts.late += by;
    if (service === CRITICAL) counts.critical += by;
    if (counts.count === 0) this.#counts.delete(cell);
  }
}
