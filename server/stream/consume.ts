import type { Admin, Batch, EachBatchPayload, Kafka } from "kafkajs";
import { type Clock, systemClock } from "../platform/clock.ts";
import { Fenced } from "../platform/fenced.ts";
import type { Logger } from "../platform/logger.ts";
import type { LineOf } from "./assigner.ts";
import { GroupSession } from "./group-session.ts";
import { LaneProgress, type TopicProgress } from "./lane-progress.ts";
import type { Line, TopicPartition } from "./line.ts";
import { LineClaims, logBounds, type Owned, RECORDS_GONE } from "./line-claims.ts";
import { placeChunk } from "./place-chunk.ts";
import { messageOf } from "./retry.ts";

export type LaneOptions = {
  kafka: Kafka;
  logger: Logger;
  groupId: string;
  /** Which of the topics that exist belong to the lane. Asked again every `topicsRefreshMs`, so that new ones join. */
  topics(existing: readonly string[]): string[] | Promise<string[]>;
  lineOf: LineOf;
  /** Claims a line (raises its epoch) and loads it. Called after a join of the group and at no other time. */
  load(lineKey: string, partitions: readonly TopicPartition[]): Promise<Line>;
  /** Of the lines that this process holds, those that another has claimed since. */
  lost(lineKeys: readonly string[]): Promise<string[]>;
  /** The line is no longer this process's: forget it without storing anything. */
  drop(lineKey: string): void;
  /** Last call before the group is left; no chunk runs any more. Stores what is not stored yet. */
  drain(): Promise<void>;
  clock?: Clock;
  timing?: Partial<LaneTiming>;
};

export type LaneTiming = {
  sessionTimeoutMs: number;
  /** The broker answers a fetch after this time at the latest, or as soon as it has `fetchBytesMin`. */
  fetchWaitMs: number;
  fetchBytesMin: number;
  /** Of one partition at a time. */
  partitionBytesMax: number;
  /** Chunks of so many partitions run side by side. */
  concurrentChunks: number;
  topicsRefreshMs: number;
  lagRefreshMs: number;
  retryMs: number;
  retryMsMax: number;
  /** A chunk that takes longer to store holds the lane up, which is said. */
  slowMs: number;
};

const TIMING: LaneTiming = {
  sessionTimeoutMs: 10_000,
  fetchWaitMs: 250,
  fetchBytesMin: 1,
  partitionBytesMax: 1 << 20,
  concurrentChunks: 1,
  topicsRefreshMs: 30_000,
  lagRefreshMs: 5_000,
  retryMs: 500,
  retryMsMax: 10_000,
  slowMs: 5_000,
};

/** `paused` goes on by itself once its reason is gone; `stopped` needs a person. */
export type LaneState = { state: "running" | "paused" | "stopped"; reason: string | null; topics: TopicProgress[] };

/**
 * The only road from Kafka into the lines, the same for every lane. The offsets that count live in the database, behind
 * the fence; those committed to the group are for lag tools alone.
 */
export class LaneConsumer {
  readonly #options: LaneOptions;
  readonly #admin: Admin;
  readonly #progress: LaneProgress;
  readonly #claims: LineClaims;
  readonly #session: GroupSession;
  readonly #timing: LaneTiming;
  readonly #clock: Clock;
  readonly #running = new Set<Promise<void>>();
  /** Those that run: one that has fired leaves, or a week of retries would pile up. */
  readonly #timers = new Set<NodeJS.Timeout>();
  #pausedBy: string | null = null;
  #phase: "idle" | "started" | "closing" = "idle";

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
    this.#admin = options.kafka.admin();
    this.#clock = options.clock ?? systemClock;
    this.#progress = new LaneProgress(this.#clock);
    this.#claims = new LineClaims(options, this.#timing, this.#admin, this.#progress, {
      hold: (partitions) => this.#session.withConsumer((consumer) => consumer.pause(partitions.map(toPauseEntry))),
      release: (owned) => this.#release(owned),
    });
    this.#session = new GroupSession(options, this.#timing, this.#admin, {
      held: () => this.#claims.keys(),
      joined: (assignment) => this.#claims.joined(assignment),
      chunk: (payload) => this.#tracked(this.#chunk(payload)),
    });
  }

  /** Returns after the first attempt to join; a broker that is away is tried again and shown in the status. */
  async start(): Promise<void> {
    this.#phase = "started";
    await this.#session.open();
    this.#every(this.#timing.topicsRefreshMs, () => this.#session.refreshTopics());
    this.#every(this.#timing.lagRefreshMs, () => this.#refreshLag());
  }

  /** The chunk that runs is finished, `drain` stores, then the group is left. */
  async stop(): Promise<void> {
    if (this.#phase !== "started") return;
    this.#phase = "closing";
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers.clear();
    this.#flowAll();
    await Promise.allSettled(this.#running);
    await this.#claims.close();
    await this.#options.drain().catch((error: unknown) => {
      this.#options.logger.error({ err: error }, "the last state could not be stored; the log brings it again");
    });
    await this.#session.close();
    await this.#admin.disconnect();
  }

  /** Holds the whole lane until `resume`; the group stays joined. */
  pause(reason: string): void {
    this.#pausedBy = reason;
    this.#flowAll();
  }

  resume(): void {
    this.#pausedBy = null;
    this.#flowAll();
  }

  /** Looks at once for topics that have joined or left the lane, instead of when it is time. */
  async refreshTopics(): Promise<void> {
    if (this.#phase === "started") await this.#session.refreshTopics();
  }

  /** For lag tools only, so a failure does not matter: what counts is stored already. */
  commit(offsets: readonly (TopicPartition & { offset: number })[]): void {
    const commits = offsets.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) }));
    this.#session.withConsumer((consumer) => {
      consumer.commitOffsets(commits).catch((error: unknown) => {
        this.#options.logger.debug({ err: error }, "offsets for lag tools were not committed");
      });
    });
  }

  status(): LaneState {
    const owned = [...this.#claims.all()];
    const topics = this.#session.topics.map((topic) => this.#progress.topic(topic, this.#claims.partitionsOf(topic)));
    if (this.#phase !== "started") return { state: "stopped", reason: "the lane is not started", topics };
    const stopped = owned.flatMap(({ line }) => line.stopped ?? []);
    if (stopped.length > 0) return { state: "stopped", reason: whichStopped(stopped, owned.length), topics };
    const failure = owned.find((one) => one.failure !== null)?.failure;
    const [loadFailure = null] = this.#claims.failures.values();
    const reason = this.#pausedBy ?? this.#session.fault ?? failure ?? loadFailure ?? this.#slowChunk(owned);
    return { state: reason === null ? "running" : "paused", reason, topics };
  }

  /** A chunk that takes long waits for the database: nothing more is read meanwhile, and the log keeps what comes. */
  #slowChunk(owned: readonly Owned[]): string | null {
    const now = this.#clock();
    const slow = owned.find(({ runsSince }) => runsSince !== null && now - runsSince > this.#timing.slowMs);
    if (!slow) return null;
    const seconds = Math.round((now - slow.runsSince!) / 1000);
    return `the database is slow: ${slow.key} has waited ${seconds} s for it to store`;
  }

  // ------------------------------------------------------------------ chunks

  async #chunk(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const owned = this.#claims.ownerOf(batch.topic, batch.partition);
    if (!owned || !this.#mayRun(owned, payload)) return;
    let place = placeChunk(batch, owned.line);
    if (place.kind === "beyond") {
      if (!(await this.#isHole(owned, batch)) || !this.#mayRun(owned, payload)) return;
      place = { kind: "next", from: 0 };
    }
    if (place.kind === "foreign") return this.#halt(owned, place.why);
    if (place.kind === "next" && !(await this.#run(owned, payload, place.from))) return;
    if (owned.line.stopped !== null) return this.#halt(owned, owned.line.stopped);
    payload.resolveOffset(batch.lastOffset());
    await payload.heartbeat();
  }

  async #run(owned: Owned, payload: EachBatchPayload, from: number): Promise<boolean> {
    const { batch } = payload;
    owned.runsSince = this.#clock();
    try {
      await withHeartbeat(payload, owned.line.run(batch.topic, batch.messages, from, Number(batch.lastOffset())));
    } catch (error) {
      this.#failed(owned, error);
      return false;
    } finally {
      owned.runsSince = null;
    }
    owned.failure = null;
    owned.backOff.reset();
    this.#progress.passed(batch);
    return true;
  }

  #mayRun(owned: Owned, { isRunning, isStale }: EachBatchPayload): boolean {
    if (owned.line.stopped !== null) this.#flow(owned);
    return this.#flows(owned) && this.#claims.holds(owned) && isRunning() && !isStale();
  }

  /** True when no record is missing between the expected offset and the chunk, only offsets that hold none. */
  async #isHole(owned: Owned, batch: Batch): Promise<boolean> {
    const { topic, partition } = batch;
    const expected = owned.line.expected(topic);
    // The start of the log first: after an out-of-range reset, setting back would go round for ever without a sign.
    const { low } = await logBounds(this.#admin, topic, partition);
    if (low > expected) {
      this.#options.logger.error({ topic, partition, from: expected, to: low - 1 }, RECORDS_GONE);
      owned.line.skipLost(topic, low);
      this.#seek(owned, topic, low);
      return false;
    }
    if (fetchedOffset(batch) <= expected || owned.setBackTo.get(topic) === expected) return true;
    owned.setBackTo.set(topic, expected);
    this.#seek(owned, topic, expected);
    return false;
  }

  #failed(owned: Owned, error: unknown): void {
    if (error instanceof Fenced) {
      this.#halt(owned, error.message);
      return;
    }
    const retryMs = owned.backOff.next();
    owned.failure = `${owned.key}: ${messageOf(error)}`;
    this.#options.logger.error({ err: error, line: owned.key, retryMs }, "a chunk failed, it is tried again");
    this.#flow(owned);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#retry(owned);
    }, retryMs);
    this.#timers.add(timer);
  }

  #retry(owned: Owned): void {
    if (!this.#claims.holds(owned) || this.#phase !== "started") return;
    this.#release(owned, owned.ready);
  }

  #halt(owned: Owned, why: string): void {
    owned.line.stopped ??= why;
    this.#options.logger.error({ line: owned.key, why: owned.line.stopped }, "the line is stopped, the others go on");
    this.#flow(owned);
  }

  // ------------------------------------------------------------------ flow

  /** Sets the position and lets records flow. One record back: its hash says whether this is still the same log. */
  #release(owned: Owned, ready = true): void {
    owned.ready = ready;
    owned.setBackTo.clear();
    for (const { topic } of owned.partitions) this.#seek(owned, topic, Math.max(0, owned.line.expected(topic) - 1));
    this.#flow(owned, true);
  }

  #flows(owned: Owned): boolean {
    return owned.ready && this.#pausedBy === null && owned.line.stopped === null && this.#phase === "started";
  }

  #flowAll(): void {
    for (const owned of this.#claims.all()) this.#flow(owned);
  }

  /** The one place that tells kafkajs whether to fetch for a line. After a failure only its retry lets records flow. */
  #flow(owned: Owned, retry = false): void {
    const entries = owned.partitions.map(toPauseEntry);
    const flows = this.#flows(owned) && (owned.failure === null || retry);
    this.#session.withConsumer((consumer) => (flows ? consumer.resume(entries) : consumer.pause(entries)));
  }

  #seek(owned: Owned, topic: string, offset: number): void {
    const { partition } = owned.partitions.find((entry) => entry.topic === topic)!;
    this.#session.withConsumer((consumer) => consumer.seek({ topic, partition, offset: String(offset) }));
  }

  // ------------------------------------------------------------------ helpers

  async #refreshLag(): Promise<void> {
    for (const topic of this.#session.topics) {
      for (const { partition, high } of await this.#admin.fetchTopicOffsets(topic)) {
        this.#progress.logEnds(topic, partition, Number(high));
      }
    }
  }

  #tracked(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    return work.finally(() => this.#running.delete(work));
  }

  #every(ms: number, work: () => Promise<void>): void {
    const warn = (error: unknown) => this.#options.logger.warn({ err: error }, "looking at the broker failed");
    this.#timers.add(setInterval(() => void work().catch(warn), ms));
  }
}

const whichStopped = (reasons: readonly string[], lines: number): string =>
  reasons.length === lines
    ? reasons.join("; ")
    : `${reasons.length} of ${lines} partitions stopped, the others go on: ${reasons.join("; ")}`;

const toPauseEntry = ({ topic, partition }: TopicPartition) => ({ topic, partitions: [partition] });

/** Not in the published type of a batch, but what tells a hole in the log from a fetch that began elsewhere. */
const fetchedOffset = (batch: Batch): number => Number((batch as Batch & { fetchedOffset: string }).fetchedOffset);

/** Keeps the membership alive while a chunk is stored. What a heartbeat has to say is said again after the chunk. */
async function withHeartbeat({ heartbeat }: EachBatchPayload, work: void | Promise<void>): Promise<void> {
  if (!work) return;
  const timer = setInterval(() => heartbeat().catch(() => {}), 1000);
  await work.finally(() => clearInterval(timer));
}
