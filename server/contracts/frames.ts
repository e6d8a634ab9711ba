/**
 * The binary frames of the fleet map, little-endian, shared by the server that writes and the browser that reads.
 * Head, 16 bytes: `u8 kind, u8 level, u16 format, u32 n, f64 serverMs`.
 * Vehicle frames (delta, snapshot), column after column:
 *   `u32 index, i32 lng*1e7, i32 lat*1e7, u32 ageMs, u8 heading, u8 kmh, u8 motion+16*service`.
 * `index` is a position in the dictionary `ids` that the acknowledgement of `fleet:view` gave.
 * Cell frames (level 0, whole picture each time): `f32 lng, f32 lat` of the hexagon's middle, `u32 count`,
 *   `u32 moving`, `u32 atRisk`, `u32 late`, `u32 critical`, `u32 offline`.
 */
export const FRAME_DELTA = 0;
export const FRAME_SNAPSHOT = 1;
export const FRAME_CELLS = 2;
export const FRAME_FORMAT = 1;
export const FRAME_HEAD_BYTES = 16;
export const FRAME_VEHICLE_BYTES = 19;
export const FRAME_CELL_BYTES = 32;

/** Where each column of a vehicle frame of `n` vehicles begins. */
export function vehicleColumnOffsets(n: number) {
  const index = FRAME_HEAD_BYTES;
  const lng = index + 4 * n;
  const lat = lng + 4 * n;
  const age = lat + 4 * n;
  const heading = age + 4 * n;
  return { index, lng, lat, age, heading, speed: heading + n, status: heading + 2 * n };
}

/** Map levels: 0 counts per cell (below z5), 1 vehicles by z5 tile (below z8), 2 vehicles by z8 tile. */
export type FleetLevel = 0 | 1 | 2;
export const LEVEL_TILE_ZOOM = { 1: 5, 2: 8 } as const;

/** Key of a web-mercator tile within its level: `x * 65536 + y`. */
export const tileKey = (x: number, y: number): number => x * 65536 + y;
