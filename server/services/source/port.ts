import type { SourceMapping, TopicMapping } from "../../contracts/source.ts";
import type { FieldError } from "../../platform/errors.ts";

export type SourceMappingReader = { read(): Promise<SourceMapping> };

export type SourceMappingWriter = SourceMappingReader & {
  /** Puts these mappings in place of all. Returns `false`, changing nothing, when the list has moved on since. */
  replace(mapping: SourceMapping, updatedBy: string): Promise<boolean>;
};

/** What is known of a topic beside what its lane says. */
export type SourceFacts = { system: string; entity: string; contract: string | null; title: string };

export type SourceSamples = {
  /** Minute by minute over the last two hours, oldest first; `null` where nobody looked. */
  behindMs(topic: string): (number | null)[];
  recordsPerSecond(topic: string): number | null;
};

/** What the verbs of sources need. */
export type SourcePorts = {
  mapping: SourceMappingReader;
  samples: SourceSamples;
  /** Rejected records of the last 24 hours, by topic. */
  rejectedDay(): Promise<ReadonlyMap<string, number>>;
  /** How a topic is read under this mapping; `null` when no connector knows it. */
  factsOf(topic: string, mappings: readonly TopicMapping[]): SourceFacts | null;
  /** Whether the connector is there and can read that; the path is that of the field within the mapping. */
  problemOf(mapping: TopicMapping): FieldError | null;
};
