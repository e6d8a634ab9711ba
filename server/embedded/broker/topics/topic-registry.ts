import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Clock } from "../../../platform/clock.ts";
import type { Logger } from "../../../platform/logger.ts";
import { readFileIfThere, writeFileAtomically } from "../files.ts";
import { PartitionLog } from "../log/partition-log.ts";
import { type TopicOverrides, toPartitionConfig } from "./topic-config.ts";

/** `id` is a UUID: a topic that is made again under an old name is another topic. */
export type Topic = {
  readonly id: string;
  readonly name: string;
  overrides: TopicOverrides;
  partitions: PartitionLog[];
};

const StoredTopics = z.object({
  topics: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      partitionCount: z.number().int().min(1),
      overrides: z.record(z.string(), z.string()),
    }),
  ),
});

export type TopicRegistryOptions = { directory: string; clock: Clock; logger: Logger };

/**
 * All topics and their logs. `topics.json` says which exist; it is replaced whole, before a new topic is told of and
 * before the files of a deleted one go, so a crash leaves files nobody names, never a topic without its files.
 */
export class TopicRegistry {
  readonly #options: TopicRegistryOptions;
  readonly #topics = new Map<string, Topic>();

  constructor(options: TopicRegistryOptions) {
    this.#options = options;
  }

  open(): void {
    mkdirSync(this.#logsDirectory, { recursive: true });
    const text = readFileIfThere(this.#listPath);
    const { topics } = StoredTopics.parse(text === null ? { topics: [] } : JSON.parse(text));
    for (const { id, name, partitionCount, overrides } of topics) {
      const topic: Topic = { id, name, overrides, partitions: [] };
      this.#openPartitions(topic, partitionCount);
      this.#topics.set(name, topic);
    }
    this.#removeUnnamedFiles();
  }

  get all(): Topic[] {
    return [...this.#topics.values()];
  }

  get partitionCount(): number {
    return this.all.reduce((sum, topic) => sum + topic.partitions.length, 0);
  }

  get(name: string): Topic | undefined {
    return this.#topics.get(name);
  }

  partition(name: string, index: number): PartitionLog | undefined {
    return this.#topics.get(name)?.partitions[index];
  }

  create(name: string, partitionCount: number, overrides: TopicOverrides): Topic {
    const topic: Topic = { id: randomUUID(), name, overrides, partitions: [] };
    try {
      this.#openPartitions(topic, partitionCount);
      this.#save([...this.all, topic]);
    } catch (error) {
      for (const partition of topic.partitions) partition.destroy();
      throw error;
    }
    this.#topics.set(name, topic);
    return topic;
  }

  delete(topic: Topic): void {
    this.#save(this.all.filter((other) => other !== topic));
    this.#topics.delete(topic.name);
    for (const partition of topic.partitions) partition.destroy();
    rmSync(join(this.#logsDirectory, topic.id), { recursive: true, force: true });
  }

  addPartitions(topic: Topic, partitionCount: number): void {
    const before = topic.partitions.length;
    try {
      this.#openPartitions(topic, partitionCount);
      this.#save(this.all);
    } catch (error) {
      for (const partition of topic.partitions.splice(before)) partition.destroy();
      throw error;
    }
  }

  configure(topic: Topic, overrides: TopicOverrides): void {
    const before = topic.overrides;
    topic.overrides = overrides;
    try {
      this.#save(this.all);
    } catch (error) {
      topic.overrides = before;
      throw error;
    }
    for (const partition of topic.partitions) partition.config = toPartitionConfig(overrides);
  }

  sync(): void {
    for (const topic of this.all) for (const partition of topic.partitions) partition.sync();
  }

  /** One partition that cannot be cleaned does not keep the others from it. */
  retain(): void {
    for (const topic of this.all) {
      for (const [index, partition] of topic.partitions.entries()) {
        try {
          partition.retain();
        } catch (error) {
          this.#options.logger.error({ topic: topic.name, partition: index, err: error }, "retention failed");
        }
      }
    }
  }

  close(): void {
    for (const topic of this.all) for (const partition of topic.partitions) partition.close();
    this.#topics.clear();
  }

  get #listPath(): string {
    return join(this.#options.directory, "topics.json");
  }

  get #logsDirectory(): string {
    return join(this.#options.directory, "logs");
  }

  #openPartitions(topic: Topic, partitionCount: number): void {
    const { clock, logger } = this.#options;
    for (let index = topic.partitions.length; index < partitionCount; index++) {
      const directory = join(this.#logsDirectory, topic.id, String(index));
      topic.partitions.push(new PartitionLog({ directory, config: toPartitionConfig(topic.overrides), clock, logger }));
    }
  }

  #save(topics: readonly Topic[]): void {
    const stored = topics.map(({ id, name, partitions, overrides }) => ({
      id,
      name,
      partitionCount: partitions.length,
      overrides,
    }));
    writeFileAtomically(this.#listPath, `${JSON.stringify({ topics: stored }, null, 2)}\n`);
  }

  #removeUnnamedFiles(): void {
    const named = new Set(this.all.map((topic) => topic.id));
    for (const id of readdirSync(this.#logsDirectory)) {
      if (!named.has(id)) rmSync(join(this.#logsDirectory, id), { recursive: true, force: true });
    }
  }
}
