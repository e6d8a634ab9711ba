import type { ChangeChunk, VehicleState } from "../../contracts/lane.ts";
import { emptyChunk, writeVehicle } from "./change-feed.ts";
import { decodeHistory } from "./chunk.ts";
import type { LineKeeper } from "./line-keeper.ts";
import { REPEATED, ReadingRows } from "./reading-rows.ts";
import { VehicleColumns } from "./vehicle-columns.ts";
import { vehicleState } from "./vehicle-state.ts";

export type PastSources = {
  /** The newest stored fold of a partition that is not after the moment. */
  keyframeBefore(partition: number, atMs: number): Promise<{ atMs: number; run: number; data: Buffer } | null>;
  /** What is to be folded on top of it, in the order of the log; of one vehicle where it is given. */
  historySince(
    partition: number,
    range: { keyframe: { atMs: number; run: number } | null; atMs: number; vehicle: number | null },
  ): AsyncIterable<{ data: Buffer }>;
};

type PastLine = { keeper: LineKeeper; vehicles: VehicleColumns };

/**
 * The fleet as the readings up to a moment make it: equal to the fold of the log up to then, whatever was stored in which
 * order. It costs an hour of readings at most, beside those that came later than an hour; folded between other work.
 */
export function createPastFleet({ keyframeBefore, historySince }: PastSources) {
  return { fold, stateOf };

  /** One partition at the moment, all of its vehicles or one. */
  async function fold(keeper: LineKeeper, atMs: number, vehicle: number | null): Promise<PastLine> {
    const { partition } = keeper.line;
    const unsaved = copyUpTo(keeper.unsaved(), atMs);
    const vehicles = new VehicleColumns();
    const keyframe = await keyframeBefore(partition, atMs);
    if (keyframe) vehicles.restore(keyframe.data);
    for await (const { data } of historySince(partition, { keyframe, atMs, vehicle })) {
      vehicles.foldUpTo(decodeHistory(data).rows, atMs);
    }
    vehicles.foldUpTo(unsaved, atMs);
    return { keeper, vehicles };
  }

  function stateOf({ keeper, vehicles }: PastLine, id: string, topic: string): VehicleState | null {
    const { ids, partition } = keeper.line;
    const vehicle = ids.find(id);
    if (vehicle === null || !vehicles.isKnown(vehicle)) return null;
    return vehicleState(vehicles, vehicle, id, { topic, partition });
  }
}

export type PastFleet = ReturnType<typeof createPastFleet>;

/** The vehicles that were known by then, numbered anew: nobody learns of one that came later. */
export function pastChunk({ keeper, vehicles }: PastLine, atMs: number): ChangeChunk {
  const { ids, partition } = keeper.line;
  const known: number[] = [];
  for (let vehicle = 0; vehicle < Math.min(ids.size, vehicles.size); vehicle++)
    if (vehicles.isKnown(vehicle)) known.push(vehicle);
  const names = known.map((vehicle) => ids.id(vehicle));
  const chunk = emptyChunk(partition, `as of ${atMs}`, 0, names, known.length);
  for (const [place, vehicle] of known.entries()) writeVehicle(chunk, place, vehicle, vehicles, place);
  return chunk;
}

/** The line goes on with its rows while the past is folded, and takes them back when they are stored. */
function copyUpTo(unsaved: readonly ReadingRows[], atMs: number): ReadingRows {
  const copy = new ReadingRows();
  for (const rows of unsaved) {
    const wanted: number[] = [];
    for (let row = 0; row < rows.count; row++)
      if (rows.timeMs[row]! <= atMs && rows.outcome[row] !== REPEATED) wanted.push(row);
    copy.append(rows, wanted);
  }
  return copy;
}
