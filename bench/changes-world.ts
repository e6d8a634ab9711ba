import { buildGraph } from "../scripts/basemap/graph.mjs";
import { isChangesTopic, routeOf } from "../server/connectors/index.ts";
import { SITES_TOPIC } from "../server/contracts/topics.ts";
import type { OutgoingRecord } from "../server/simulator/outgoing.ts";
import type { RoadGraph } from "../server/simulator/roads.ts";
import { USUAL_TROUBLE } from "../server/simulator/trouble/settings.ts";
import { createWorld } from "../server/simulator/world.ts";

const START_MS = Date.parse("2026-08-19T14:00:00.000Z");
const STEP_MS = 600_000;
/** What the vehicles report is made as well, and thrown away: as little of it as possible. */
const INTERVALS_MS = { moving: 600_000, idling: 3_000_000, parked: 9_000_000 };

/**
 * So many changes of SAP and Salesforce as the simulated company makes them, in their order: first all that is there
 * when the world begins, then orders, deliveries, shipments and movements as they come and go on.
 */
export function changesOfWorld(vehicles: number, records: number): OutgoingRecord[] {
  const graph = buildGraph() as RoadGraph;
  const settings = { seed: 1, vehicles, startMs: START_MS, graph, trouble: USUAL_TROUBLE, intervalsMs: INTERVALS_MS };
  const world = createWorld(settings);
  const found: OutgoingRecord[] = [];
  for (let step = 0; found.length < records; step++) {
    for (const record of world.advanceTo(START_MS + step * STEP_MS))
      if (isChangesTopic(record.topic) && record.topic !== SITES_TOPIC && !hasGaps(record)) found.push(record);
  }
  return found.slice(0, records);
}

/** Lost changes of a whole entity mark rows that no record names: there are no rows of them to write plainly. */
function hasGaps({ topic, key, value, timestampMs }: OutgoingRecord): boolean {
  const { connector, source } = routeOf(topic)!;
  const bytes = { key: Buffer.from(key), value: Buffer.from(value), headers: {} };
  const decoded = connector.decode({ topic, partition: 0, offset: 0n, timestampMs, ...bytes }, source.entity);
  return decoded.kind === "changes" && decoded.gaps.length > 0;
}
