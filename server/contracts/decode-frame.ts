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
} from "./frames.ts";

export type VehicleFrame = {
  kind: "delta" | "snapshot";
  level: FleetLevel;
  serverMs: number;
  index: Uint32Array;
  lngE7: Int32Array;
  latE7: Int32Array;
  ageMs: Uint32Array;
  heading: Uint8Array;
  speed: Uint8Array;
  status: Uint8Array;
};

export type CellFrame = {
  kind: "cells";
  serverMs: number;
  lng: Float32Array;
  lat: Float32Array;
  count: Uint32Array;
  moving: Uint32Array;
  atRisk: Uint32Array;
  late: Uint32Array;
  critical: Uint32Array;
  offline: Uint32Array;
};

/**
 * Views on the columns of a frame; `null` for one this build does not understand. Bytes that lie inside a larger buffer
 * (Node's) are copied once, for their columns have to be aligned.
 */
export function decodeFrame(bytes: ArrayBuffer | Uint8Array): VehicleFrame | CellFrame | null {
  const buffer = bytes instanceof ArrayBuffer ? bytes : new Uint8Array(bytes).buffer;
  if (buffer.byteLength < FRAME_HEAD_BYTES) return null;
  const head = new DataView(buffer);
  const kind = head.getUint8(0);
  const count = head.getUint32(4, true);
  if (head.getUint16(2, true) !== FRAME_FORMAT) return null;
  const bytesEach = kind === FRAME_CELLS ? FRAME_CELL_BYTES : FRAME_VEHICLE_BYTES;
  if (buffer.byteLength !== FRAME_HEAD_BYTES + count * bytesEach) return null;
  const serverMs = head.getFloat64(8, true);
  if (kind === FRAME_CELLS) return cellsOf(buffer, count, serverMs);
  if (kind !== FRAME_DELTA && kind !== FRAME_SNAPSHOT) return null;
  const at = vehicleColumnOffsets(count);
  return {
    kind: kind === FRAME_DELTA ? "delta" : "snapshot",
    level: head.getUint8(1) as FleetLevel,
    serverMs,
    index: new Uint32Array(buffer, at.index, count),
    lngE7: new Int32Array(buffer, at.lng, count),
    latE7: new Int32Array(buffer, at.lat, count),
    ageMs: new Uint32Array(buffer, at.age, count),
    heading: new Uint8Array(buffer, at.heading, count),
    speed: new Uint8Array(buffer, at.speed, count),
    status: new Uint8Array(buffer, at.status, count),
  };
}

function cellsOf(buffer: ArrayBuffer, count: number, serverMs: number): CellFrame {
  const column = (position: number) => new Uint32Array(buffer, FRAME_HEAD_BYTES + position * 4 * count, count);
  return {
    kind: "cells",
    serverMs,
    lng: new Float32Array(buffer, FRAME_HEAD_BYTES, count),
    lat: new Float32Array(buffer, FRAME_HEAD_BYTES + 4 * count, count),
    count: column(2),
    moving: column(3),
    atRisk: column(4),
    late: column(5),
    critical: column(6),
    offline: column(7),
  };
}
