import type { TopicMapping } from "../contracts/source.ts";
import { READINGS_TOPIC, REPLAYS_TOPIC } from "../contracts/topics.ts";
import { contractOf } from "./contracts/index.ts";
import { connectorNames, expectedEntity } from "./index.ts";
import { mapRoutes } from "./mapped-routes.ts";

export type SourceFacts = { system: string; entity: string; contract: string | null; title: string };

/** What a topic speaks of, in words; `null` when no connector knows it. */
export function factsOf(topic: string, mappings: readonly TopicMapping[]): SourceFacts | null {
  if (topic === READINGS_TOPIC) {
    const { name, title } = contractOf("canonical", "reading")!;
    return { system: "telematics", entity: "reading", contract: name, title };
  }
  if (topic === REPLAYS_TOPIC) return { system: "tower", entity: "replay", contract: null, title: "Replayed records" };
  const route = mapRoutes(mappings).routeOf(topic);
  if (!route) return null;
  const { connector, system, entity } = route.source;
  const contract = contractOf(connector, entity);
  return { system, entity, contract: contract?.name ?? null, title: contract?.title ?? `${system} ${entity}` };
}

/** Why a connector cannot be told to read that, with the field of the mapping that is wrong; `null` when it can. */
export function mappingProblem({ connector, entity }: TopicMapping): { path: string; message: string } | null {
  if (!connectorNames.includes(connector))
    return { path: "/connector", message: `expected one of ${connectorNames.join(", ")}` };
  const expected = expectedEntity(connector, entity);
  return expected === null ? null : { path: "/entity", message: `expected ${expected}` };
}
