import type { Env } from "./env.ts";
import { peerKey } from "./peers/peer-socket.ts";
import { serveLanes } from "./peers/serve-lanes.ts";
import { createTowerLanes, type TowerLanes } from "./peers/tower-lanes.ts";
import type { Managed } from "./platform/lifecycle.ts";
import type { Logger } from "./platform/logger.ts";
import type { Database } from "./store/client.ts";
import { announceProcess, forgetProcess, livingProcesses, touchedSince } from "./store/processes.ts";
import type { ChangesLane } from "./threads/changes-lane.ts";
import type { TelemetryLane } from "./threads/telemetry-lane.ts";

/** A process that was not heard of for so long is taken for gone. */
const LIVING_SECONDS = 10;

type LanesDeps = {
  env: Pick<Env, "WHEELHOUSE_SECRET" | "WHEELHOUSE_PEER_HOST" | "WHEELHOUSE_PEER_PORT">;
  database: Database;
  telemetry: TelemetryLane | null;
  changes: ChangesLane | null;
  follows: boolean;
  forgotten(partition: number): void;
  logger: Logger;
};

/** The lanes of this process and of all others as one, and what tells ours to them. */
export function wireLanes(deps: LanesDeps): { tower: TowerLanes; peers: Managed[] } {
  const { env, database, telemetry, changes, follows, forgotten, logger } = deps;
  const key = peerKey(env.WHEELHOUSE_SECRET);
  const lanes = () => [telemetry, changes].flatMap((lane) => lane?.status() ?? []);
  const place = { host: env.WHEELHOUSE_PEER_HOST, port: env.WHEELHOUSE_PEER_PORT };
  const served = serveLanes({ ...place, key, telemetry, changes, lanes, logger });
  const hasLanes = telemetry !== null || changes !== null;
  const tower = createTowerLanes({
    ...{ key, telemetry, changes, follows, forgotten, logger },
    presence: {
      living: () => livingProcesses(database, LIVING_SECONDS),
      announce: (process) => announceProcess(database, process),
      forget: (id) => forgetProcess(database, id),
      touchedSince: (since) => touchedSince(database, since),
    },
    ownAddress: () => served.address(),
  });
  return { tower, peers: [...(hasLanes ? [served] : []), tower.part] };
}
