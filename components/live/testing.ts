import {
  FRAME_CELLS,
  FRAME_DELTA,
  FRAME_FORMAT,
  FRAME_HEAD_BYTES,
  FRAME_SNAPSHOT,
  FRAME_VEHICLE_BYTES,
  vehicleColumnOffsets,
} from "@/server/contracts/frames.ts";

/** One vehicle of a frame, in words. */
export type Told = {
  index: number;
  lng: number;
  lat: number;
  ageMs?: number;
  heading?: number;
  speed?: number;
  status?: number;
};

export const SERVER_MS = Date.UTC(2026, 7, 19, 14, 30);

/** Moving, no service: what most of a fleet is. */
export const MOVING = 4 * 16;

/** The bytes of a vehicle frame as the server sends them. */
export function aFrame(
  kind: "delta" | "snapshot",
  vehicles: readonly Told[],
  { level = 2, serverMs = SERVER_MS } = {},
): ArrayBuffer {
  const frame = new DataView(new ArrayBuffer(FRAME_HEAD_BYTES + vehicles.length * FRAME_VEHICLE_BYTES));
  frame.setUint8(0, kind === "delta" ? FRAME_DELTA : FRAME_SNAPSHOT);
  frame.setUint8(1, level);
  frame.setUint16(2, FRAME_FORMAT, true);
  frame.setUint32(4, vehicles.length, true);
  frame.setFloat64(8, serverMs, true);
  const at = vehicleColumnOffsets(vehicles.length);
  for (const [n, told] of vehicles.entries()) {
    frame.setUint32(at.index + 4 * n, told.index, true);
    frame.setInt32(at.lng + 4 * n, Math.round(told.lng * 1e7), true);
    frame.setInt32(at.lat + 4 * n, Math.round(told.lat * 1e7), true);
    frame.setUint32(at.age + 4 * n, told.ageMs ?? 0, true);
    frame.setUint8(at.heading + n, told.heading ?? 0);
    frame.setUint8(at.speed + n, told.speed ?? 0);
    frame.setUint8(at.status + n, told.status ?? MOVING);
  }
  return frame.buffer as ArrayBuffer;
}

/** The bytes of a cell frame; only what a test names differs from zero. */
export function aCellFrame(
  cells: readonly { lng: number; lat: number; count: number; late?: number; critical?: number }[],
): ArrayBuffer {
  const frame = new DataView(new ArrayBuffer(FRAME_HEAD_BYTES + cells.length * 32));
  frame.setUint8(0, FRAME_CELLS);
  frame.setUint16(2, FRAME_FORMAT, true);
  frame.setUint32(4, cells.length, true);
  frame.setFloat64(8, SERVER_MS, true);
  const at = (column: number, n: number) => FRAME_HEAD_BYTES + 4 * (column * cells.length + n);
  for (const [n, { lng, lat, count, late = 0, critical = 0 }] of cells.entries()) {
    frame.setFloat32(at(0, n), lng, true);
    frame.setFloat32(at(1, n), lat, true);
    frame.setUint32(at(2, n), count, true);
    frame.setUint32(at(5, n), late, true);
    frame.setUint32(at(6, n), critical, true);
  }
  return frame.buffer as ArrayBuffer;
}
