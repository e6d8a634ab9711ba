import { readFile } from "node:fs/promises";
import { createRoadDistance, type Place, type RoadDistance } from "../domain/road-network/road-distance.ts";
import type { RoadGraph } from "../domain/road-network/roads.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";

const LOOK_EVERY_MS = 5_000;
const NO_ROADS: RoadDistance = createRoadDistance({ nodes: [], names: [], edges: [] });

export type RoadMap = Managed & Pick<RoadDistance, "metres" | "course">;

/** The roads of the base map. It may still be under construction when the tower starts: until then ways are direct. */
export function createRoadMap({ path, logger }: { path: string; logger: Logger }): RoadMap {
  let roads = NO_ROADS;
  let looking: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    try {
      roads = createRoadDistance(JSON.parse(await readFile(path, "utf8")) as RoadGraph);
    } catch (error) {
      logger.debug({ err: error }, "the road network is not there yet");
      looking = setTimeout(() => void look(), LOOK_EVERY_MS).unref();
    }
  }

  return {
    name: "roads",
    start: look,
    stop: async () => clearTimeout(looking),
    metres: (from: Place, to: Place) => roads.metres(from, to),
    course: (from: Place, to: Place) => roads.course(from, to),
  };
}
