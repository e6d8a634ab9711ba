import {
  type FleetLevel,
  FRAME_CELL_BYTES,
  FRAME_CELLS,
  FRAME_DELTA,
  FRAME_FORMAT,
  FRAME_HEAD_BYTES,
  FRAME_SNAPSHOT,
  FRAME_VEHICLE_BYTES,
  vehicleColumnOffsets,
} from "../contracts/frames.ts";

export type FrameColumns = {
  lngE7: Int32Array;
  latE7: Int32Array;
  timeMs: Float64Array;
  heading: Uint8Array;
  speed: Uint8Array;
  status: Uint8Array;
};

/** One hexagon of level 0, its middle in degrees. */
export type Cell = {
  lng: number;
  lat: number;
  count: number;
  moving: number;
  atRisk: number;
  late: number;
  critical: number;
  offline: number;
};

const AGE_MS_MAX = 2 ** 32 - 1;

/** Columns are written through typed arrays, which are little-endian on every platform the tower runs on. */
function frameOf(kind: number, level: FleetLevel, count: number, bytesEach: number, serverMs: number): ArrayBuffer {
  const frame = new ArrayBuffer(FRAME_HEAD_BYTES + count * bytesEach);
  const head = new DataView(frame);
  head.setUint8(0, kind);
  head.setUint8(1, level);
  head.setUint16(2, FRAME_FORMAT, true);
  head.setUint32(4, count, true);
  head.setFloat64(8, serverMs, true);
  return frame;
}

/** A position from the future (a fast clock) is told as of now. */
export function encodeVehicles(
  kind: "delta" | "snapshot",
  level: FleetLevel,
  serverMs: number,
  columns: FrameColumns,
  indices: readonly number[],
): Buffer {
  const count = indices.length;
  const frame = frameOf(kind === "delta" ? FRAME_DELTA : FRAME_SNAPSHOT, level, count, FRAME_VEHICLE_BYTES, serverMs);
  const at = vehicleColumnOffsets(count);
  const index = new Uint32Array(frame, at.index, count);
  const lng = new Int32Array(frame, at.lng, count);
  const lat = new Int32Array(frame, at.lat, count);
  const age = new Uint32Array(frame, at.age, count);
  const heading = new Uint8Array(frame, at.heading, count);
  const speed = new Uint8Array(frame, at.speed, count);
  const status = new Uint8Array(frame, at.status, count);
  for (let position = 0; position < count; position++) {
    const vehicle = indices[position]!;
    index[position] = vehicle;
    lng[position] = columns.lngE7[vehicle]!;
    lat[position] = columns.latE7[vehicle]!;
    age[position] = Math.max(0, Math.min(AGE_MS_MAX, Math.round(serverMs - columns.timeMs[vehicle]!)));
    heading[position] = columns.heading[vehicle]!;
    speed[position] = columns.speed[vehicle]!;
    status[position] = columns.status[vehicle]!;
  }
  return Buffer.from(frame);
}

const CELL_COUNTS = ["count", "moving", "atRisk", "late", "critical", "offline"] as const;

export function encodeCells(serverMs: number, cells: readonly Cell[]): Buffer {
  const count = cells.length;
  const frame = frameOf(FRAME_CELLS, 0, count, FRAME_CELL_BYTES, serverMs);
  const middles = new Float32Array(frame, FRAME_HEAD_BYTES, 2 * count);
  const counts = new Uint32Array(frame, FRAME_HEAD_BYTES + 8 * count, CELL_COUNTS.length * count);
  for (const [position, cell] of cells.entries()) {
    middles[position] = cell.lng;
    middles[count + position] = cell.lat;
    for (const [column, name] of CELL_COUNTS.entries()) counts[column * count + position] = cell[name];
  }
  return Buffer.from(frame);
}
