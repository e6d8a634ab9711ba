import type { LineFence } from "../../contracts/fence.ts";
import { circleArea } from "../../domain/fence/circle-area.ts";
import type { FenceArea } from "../../domain/fence/fence-area.ts";
import { polygonArea } from "./polygon-area.ts";

/** Cells a degree. A site takes one to four of them. */
const PER_DEGREE = 10;
const ROWS = 180 * PER_DEGREE;
const COLUMNS = 360 * PER_DEGREE;
/** A fence over more cells is asked for every position instead: a continent must not fill the grid. */
const CELLS_MAX = 40_000;
const NONE: readonly FenceArea[] = [];

/** The fences by place: which of them may contain a position, the smallest first. It does not change once made. */
export class FenceIndex {
  readonly #byId = new Map<string, FenceArea>();
  /** One bit a cell, so that most positions cost one look: nothing is near them. */
  readonly #bits = new Uint32Array(Math.ceil((ROWS * COLUMNS) / 32));
  readonly #cells = new Map<number, FenceArea[]>();
  readonly #wide: FenceArea[] = [];

  constructor(fences: readonly LineFence[]) {
    const areas = fences.map(areaOf).sort((a, b) => a.areaM2 - b.areaM2 || (a.id < b.id ? -1 : 1));
    for (const area of areas) {
      this.#byId.set(area.id, area);
      const cells = cellsOf(area);
      if (cells === null) this.#wide.push(area);
      else for (const cell of cells) this.#add(cell, area);
    }
    if (this.#wide.length === 0) return;
    for (const [cell, near] of this.#cells) this.#cells.set(cell, bySize([...near, ...this.#wide]));
  }

  get(id: string): FenceArea | null {
    return this.#byId.get(id) ?? null;
  }

  near(latitude: number, longitude: number): readonly FenceArea[] {
    const cell = cellOf(latitude, longitude);
    if ((this.#bits[cell >>> 5]! & (1 << (cell & 31))) === 0) return this.#wide.length === 0 ? NONE : this.#wide;
    return this.#cells.get(cell)!;
  }

  #add(cell: number, area: FenceArea): void {
    this.#bits[cell >>> 5]! |= 1 << (cell & 31);
    const there = this.#cells.get(cell);
    if (there) there.push(area);
    else this.#cells.set(cell, [area]);
  }
}

/** Fences of one's own are told from sites by their id. */
function areaOf({ id, shape }: LineFence): FenceArea {
  const isSite = !id.startsWith("fence:");
  return shape.kind === "circle" ? circleArea(id, isSite, shape) : polygonArea(id, isSite, shape.points);
}

const bySize = (areas: FenceArea[]): FenceArea[] => areas.sort((a, b) => a.areaM2 - b.areaM2);

const rowOf = (latitude: number): number => Math.min(ROWS - 1, Math.floor((latitude + 90) * PER_DEGREE));
const columnOf = (longitude: number): number => Math.min(COLUMNS - 1, Math.floor((longitude + 180) * PER_DEGREE));
const cellOf = (latitude: number, longitude: number): number => rowOf(latitude) * COLUMNS + columnOf(longitude);

/** The cells under the bounds, or `null` when they are too many. */
function cellsOf({ bounds }: FenceArea): number[] | null {
  const [south, north] = [rowOf(bounds.south), rowOf(bounds.north)];
  const [west, east] = [columnOf(bounds.west), columnOf(bounds.east)];
  const width = (west <= east && bounds.west <= bounds.east ? east - west : COLUMNS + east - west) + 1;
  if (width * (north - south + 1) > CELLS_MAX) return null;
  const cells: number[] = [];
  for (let row = south; row <= north; row++) {
    for (let step = 0; step < width; step++) cells.push(row * COLUMNS + ((west + step) % COLUMNS));
  }
  return cells;
}
