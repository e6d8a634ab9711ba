import type { TopicMapping } from "../contracts/source.ts";
import { isChangesTopic, type Route, routeOf, routeTo } from "./index.ts";

/** How the topics of the changes lane are read, with what an admin said about them over what their names say. */
export type MappedRoutes = {
  /** Whether the lane subscribes to the topic. */
  isRead(topic: string): boolean;
  /** `null` when no connector knows the topic. One that is switched off is still known: a replay of it is read. */
  routeOf(topic: string): Route | null;
};

export function mapRoutes(mappings: readonly TopicMapping[]): MappedRoutes {
  const byTopic = new Map(mappings.map((mapping) => [mapping.topic, mapping]));
  // Made once: they are asked for with every record.
  const routes = new Map(mappings.map(({ topic, connector, entity }) => [topic, routeTo(topic, connector, entity)]));
  return {
    isRead: (topic) => byTopic.get(topic)?.enabled ?? isChangesTopic(topic),
    routeOf: (topic) => routes.get(topic) ?? routeOf(topic),
  };
}
