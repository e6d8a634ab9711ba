import type { SourceStatus } from "../../contracts/lane.ts";
import { noOutcomes } from "../../contracts/outcome.ts";
import type { SourceMapping, TopicMapping } from "../../contracts/source.ts";
import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { SourceFacts } from "./port.ts";

export type SourceView = SourceStatus & {
  facts: SourceFacts | null;
  mapped: boolean;
  enabled: boolean;
  recordsPerSecond: number | null;
  rejectedDay: number;
  behindMsSamples: (number | null)[];
};

/** Every subscribed topic and every mapped one, with its connector, lag and counters, by topic. One page: they are few. */
export async function listSources(context: Context): Promise<Page<SourceView> & { mapping: SourceMapping }> {
  requireRole(context.actor, "planner");
  const [mapping, rejectedDay] = await Promise.all([context.sources.mapping.read(), context.sources.rejectedDay()]);
  const read = context.lanes().flatMap((lane) => lane.sources);
  const readTopics = new Set(read.map(({ topic }) => topic));
  const unread = mapping.mappings.filter(({ topic }) => !readTopics.has(topic)).map(notRead);
  const byTopic = new Map(mapping.mappings.map((each) => [each.topic, each]));
  const items = [...read, ...unread].map(
    (status): SourceView => ({
      ...status,
      facts: context.sources.factsOf(status.topic, mapping.mappings),
      mapped: byTopic.has(status.topic),
      enabled: byTopic.get(status.topic)?.enabled ?? true,
      recordsPerSecond: context.sources.samples.recordsPerSecond(status.topic),
      rejectedDay: rejectedDay.get(status.topic) ?? 0,
      behindMsSamples: context.sources.samples.behindMs(status.topic),
    }),
  );
  items.sort((a, b) => (a.topic < b.topic ? -1 : 1));
  return { items, nextCursor: null, asOfMs: context.now(), mapping };
}

/** Mapped and not subscribed to: it is switched off, or the broker has no such topic yet. */
function notRead({ topic, connector }: TopicMapping): SourceStatus {
  return {
    topic,
    connector,
    lane: "changes",
    partitions: 0,
    lagRecords: 0,
    behindMs: null,
    lastRecordAt: null,
    usualIntervalMs: null,
    records: noOutcomes(),
  };
}
