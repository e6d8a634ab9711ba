import type { KafkaMessage } from "kafkajs";

export type TopicPartition = { topic: string; partition: number };

/**
 * What is owned as one: the state of one partition of a lane's topics, with the offset up to which each is folded in.
 * A line holds at most one partition of a topic, so the topic names it.
 */
export type Line = {
  /** The first offset of `topic` that is not folded in yet. */
  expected(topic: string): number;
  /** Hash of the record before `expected` (see `recordHash`), or `null` while nothing of the topic was ever read. */
  lastHash(topic: string): number | null;
  /** Nothing of `topic` was ever read: reading begins here, at the start of its log. What lay before was never ours. */
  begin(topic: string, offset: number): void;
  /** What lay between the expected offset and this one left the log unread: it is counted as lost, and reading goes on. */
  skipLost(topic: string, offset: number): void;
  /**
   * Folds in `messages` from index `from` on; `lastOffset` is the last offset the fetch covered, so that what has no
   * record (control markers, compaction) can be counted apart. Must leave the line unchanged when it throws: the same
   * chunk comes again. `Fenced` means that another process owns the line by now.
   */
  run(topic: string, messages: readonly KafkaMessage[], from: number, lastOffset: number): void | Promise<void>;
  /** Why the line takes no more records, in words for an operator; `null` while it runs. */
  stopped: string | null;
};

export const partitionKey = (topic: string, partition: number): string => `${topic}~${partition}`;
