import type { Batch } from "kafkajs";
import { NO_TIME_MS, recordTimeMs } from "../pipeline/record-time.ts";
import type { Clock } from "../platform/clock.ts";
import { partitionKey, type TopicPartition } from "./line.ts";

/** How far a lane is with one of its topics, over the partitions that this process owns. */
export type TopicProgress = {
  topic: string;
  partitions: number;
  lagRecords: number;
  behindMs: number | null;
  lastRecordAt: number | null;
  usualIntervalMs: number | null;
};

/** `waitingSince`: since when something waits in the log, for a partition of which nothing was read yet. */
type PartitionProgress = { logEnd: number; lastTimestampMs: number | null; waitingSince: number | null };
type TopicRhythm = { lastChunkAt: number; usualIntervalMs: number | null };

const INTERVAL_WEIGHT = 0.1;

/** Lag and rhythm, kept from the chunks that pass and from the ends of the logs that are asked for now and then. */
export class LaneProgress {
  readonly #partitions = new Map<string, PartitionProgress>();
  readonly #rhythms = new Map<string, TopicRhythm>();

  constructor(private readonly clock: Clock) {}

  passed(batch: Batch): void {
    const last = batch.messages[batch.messages.length - 1];
    const progress = this.#of(batch.topic, batch.partition);
    progress.logEnd = Math.max(progress.logEnd, Number(batch.highWatermark));
    const timestampMs = last ? recordTimeMs(last.timestamp) : NO_TIME_MS;
    if (timestampMs !== NO_TIME_MS) progress.lastTimestampMs = timestampMs;
    this.#beat(batch.topic);
  }

  logEnds(topic: string, partition: number, logEnd: number): void {
    this.#of(topic, partition).logEnd = logEnd;
  }

  topic(topic: string, owned: readonly (TopicPartition & { expected: number | null })[]): TopicProgress {
    let lagRecords = 0;
    let behindMs: number | null = null;
    let lastRecordAt: number | null = null;
    for (const { partition, expected } of owned) {
      const progress = this.#of(topic, partition);
      const { logEnd, lastTimestampMs } = progress;
      const lag = expected === null ? logEnd : Math.max(0, logEnd - expected);
      lagRecords += lag;
      progress.waitingSince = lag > 0 ? (progress.waitingSince ?? this.clock()) : null;
      const since = lastTimestampMs ?? progress.waitingSince;
      if (lastTimestampMs !== null) lastRecordAt = Math.max(lastRecordAt ?? 0, lastTimestampMs);
      if (since !== null) behindMs = Math.max(behindMs ?? 0, lag > 0 ? this.clock() - since : 0);
    }
    const usualIntervalMs = this.#rhythms.get(topic)?.usualIntervalMs ?? null;
    return { topic, partitions: owned.length, lagRecords, behindMs, lastRecordAt, usualIntervalMs };
  }

  #of(topic: string, partition: number): PartitionProgress {
    const key = partitionKey(topic, partition);
    let progress = this.#partitions.get(key);
    if (!progress) {
      progress = { logEnd: 0, lastTimestampMs: null, waitingSince: null };
      this.#partitions.set(key, progress);
    }
    return progress;
  }

  #beat(topic: string): void {
    const now = this.clock();
    const rhythm = this.#rhythms.get(topic);
    if (!rhythm) {
      this.#rhythms.set(topic, { lastChunkAt: now, usualIntervalMs: null });
      return;
    }
    const interval = now - rhythm.lastChunkAt;
    const usual = rhythm.usualIntervalMs ?? interval;
    rhythm.usualIntervalMs = usual + INTERVAL_WEIGHT * (interval - usual);
    rhythm.lastChunkAt = now;
  }
}
