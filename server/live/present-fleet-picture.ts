import type { FleetPicture } from "../contracts/fleet-picture.ts";
import { mercatorX, mercatorY } from "../contracts/tiles.ts";
import { isoTime } from "../platform/clock.ts";
import { encodeCells, encodeVehicles } from "./encode-frame.ts";
import { cellAt, FleetCells } from "./fleet-cells.ts";
import type { FleetColumns } from "./fleet-columns.ts";

/** A fleet that stands still, in the frames that the map knows from the socket. */
export function presentFleetPicture(fleet: FleetColumns, atMs: number): FleetPicture {
  const placed: number[] = [];
  const cells = new FleetCells();
  for (let index = 0; index < fleet.ids.length; index++) {
    if (!fleet.hasPosition[index]) continue;
    placed.push(index);
    const [x, y] = [mercatorX(fleet.lngE7[index]! / 1e7), mercatorY(fleet.latE7[index]! / 1e7)];
    cells.add(cellAt(x, y), fleet.status[index]!);
  }
  return {
    ...{ asOf: isoTime(atMs), epoch: fleet.epoch, ids: fleet.ids, counts: fleet.counts() },
    vehicles: encodeVehicles("snapshot", 2, atMs, fleet, placed).toString("base64"),
    cells: encodeCells(atMs, cells.all()).toString("base64"),
  };
}
