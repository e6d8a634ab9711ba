import { setTimeout as delay } from "node:timers/promises";
import type { Admin } from "kafkajs";
import type { LineOf } from "./assigner.ts";
import type { LaneOptions, LaneTiming } from "./consume.ts";
import type { LaneProgress } from "./lane-progress.ts";
import { type Line, partitionKey, type TopicPartition } from "./line.ts";
import { backOff, messageOf } from "./retry.ts";

/** A line that this process holds, and what keeps records from flowing into it. */
export type Owned = {
  key: string;
  partitions: readonly TopicPartition[];
  line: Line;
  /** False from a join until the claim is checked and the position is set. */
  ready: boolean;
  /** Why the last chunk could not be stored; it is tried again. */
  failure: string | null;
  backOff: ReturnType<typeof backOff>;
  /** Since when a chunk runs; `null` while none does. */
  runsSince: number | null;
  /** Per topic, the expected offset to which reading was set back: a second jump from there is a hole in the log. */
  setBackTo: Map<string, number>;
};

type Flow = {
  /** The group has spoken: nothing may flow until `release`. */
  hold(partitions: readonly TopicPartition[]): void;
  /** The claim holds: set the position and let records flow. */
  release(owned: Owned): void;
};

/**
 * Which lines this process holds. Claims are made when the group is joined and at no other time: a fenced owner that
 * claimed on its own would take its line back and forth with the new one.
 */
export class LineClaims {
  /** Why a line could not be loaded yet, by line. */
  readonly failures = new Map<string, string>();
  readonly #owned = new Map<string, Owned>();
  readonly #ownerOf = new Map<string, Owned>();
  /** What the group gave this process, by line. */
  #wanted = new Map<string, TopicPartition[]>();
  #joins = 0;
  #closed = false;
  #settling: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: LaneOptions,
    private readonly timing: LaneTiming,
    private readonly admin: Admin,
    private readonly progress: LaneProgress,
    private readonly flow: Flow,
  ) {}

  all(): Iterable<Owned> {
    return this.#owned.values();
  }

  keys(): string[] {
    return [...this.#owned.keys()];
  }

  ownerOf(topic: string, partition: number): Owned | undefined {
    return this.#ownerOf.get(partitionKey(topic, partition));
  }

  holds(owned: Owned): boolean {
    return this.#owned.get(owned.key) === owned;
  }

  /** The partitions of a topic given by the group; `expected` is unknown until the line is loaded. */
  partitionsOf(topic: string): (TopicPartition & { expected: number | null })[] {
    return [...this.#wanted].flatMap(([key, partitions]) =>
      partitions
        .filter((partition) => partition.topic === topic)
        .map((partition) => ({ ...partition, expected: this.#owned.get(key)?.line.expected(topic) ?? null })),
    );
  }

  /** No further claims; resolves when the last one is through. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#settling;
  }

  joined(assignment: Record<string, number[]>): void {
    this.#joins += 1;
    const join = this.#joins;
    this.#wanted = groupByLine(assignment, this.options.lineOf);
    for (const owned of this.#owned.values()) {
      if (samePartitions(owned.partitions, this.#wanted.get(owned.key))) owned.ready = false;
      else this.#forget(owned.key);
    }
    this.flow.hold([...this.#wanted.values()].flat());
    this.failures.clear();
    this.#settling = this.#settling.then(() => this.#settle(join));
  }

  /**
   * One at a time, so that no line is loaded twice at once. Lines that seem to be kept are checked as well: a process
   * that slept through a generation may be given back what another has advanced since.
   */
  async #settle(join: number): Promise<void> {
    const current = () => join === this.#joins && !this.#closed;
    const kept = [...this.#owned.keys()];
    const lost = kept.length === 0 ? [] : await this.#untilDone("epochs", current, () => this.options.lost(kept));
    if (!lost || !current()) return;
    for (const key of lost) this.#forget(key);
    for (const owned of this.#owned.values()) this.flow.release(owned);
    const missing = [...this.#wanted].filter(([key]) => !this.#owned.has(key));
    await Promise.all(missing.map(([key, partitions]) => this.#claim(key, partitions, current)));
    this.options.logger.info({ lines: [...this.#wanted.keys()], lost, loaded: missing.length }, "lines assigned");
  }

  async #claim(key: string, partitions: readonly TopicPartition[], current: () => boolean): Promise<void> {
    const line = await this.#untilDone(key, current, () => this.#load(key, partitions));
    if (!line) return;
    const { retryMs, retryMsMax } = this.timing;
    const waits = backOff(retryMs, retryMsMax);
    const owned: Owned = {
      ...{ key, partitions, line, ready: false, failure: null, backOff: waits },
      ...{ runsSince: null, setBackTo: new Map() },
    };
    this.#owned.set(key, owned);
    for (const { topic, partition } of partitions) this.#ownerOf.set(partitionKey(topic, partition), owned);
    if (!samePartitions(partitions, this.#wanted.get(key)))
      this.#forget(key); // taken away while it loaded
    else if (current()) this.flow.release(owned); // otherwise the next settle checks its claim first
  }

  async #load(key: string, partitions: readonly TopicPartition[]): Promise<Line> {
    const line = await this.options.load(key, partitions);
    try {
      await this.#compareWithLog(line, partitions);
      return line;
    } catch (error) {
      this.options.drop(key);
      throw error;
    }
  }

  /** A log that was cut or made anew is noticed at once, not only when its next record comes. */
  async #compareWithLog(line: Line, partitions: readonly TopicPartition[]): Promise<void> {
    for (const { topic, partition } of partitions) {
      const { low, high } = await logBounds(this.admin, topic, partition);
      const expected = line.expected(topic);
      this.progress.logEnds(topic, partition, high);
      if (line.lastHash(topic) === null && expected === 0) line.begin(topic, low);
      else if (low > expected) {
        this.options.logger.error({ topic, partition, from: expected, to: low - 1 }, RECORDS_GONE);
        line.skipLost(topic, low);
      } else if (high < expected) line.stopped ??= logTooShort(topic, partition, expected, high);
    }
  }

  #forget(key: string): void {
    const owned = this.#owned.get(key);
    if (!owned) return;
    this.#owned.delete(key);
    for (const { topic, partition } of owned.partitions) this.#ownerOf.delete(partitionKey(topic, partition));
    owned.ready = false;
    this.options.drop(key);
  }

  async #untilDone<T>(what: string, current: () => boolean, work: () => Promise<T>): Promise<T | null> {
    const waits = backOff(this.timing.retryMs, this.timing.retryMsMax);
    while (current()) {
      try {
        const done = await work();
        this.failures.delete(what);
        return done;
      } catch (error) {
        const retryMs = waits.next();
        this.failures.set(what, `${what} cannot be loaded: ${messageOf(error)}`);
        this.options.logger.error({ err: error, line: what, retryMs }, "loading failed, it is tried again");
        await delay(retryMs);
      }
    }
    return null;
  }
}

export async function logBounds(
  admin: Admin,
  topic: string,
  partition: number,
): Promise<{ low: number; high: number }> {
  const offsets = await admin.fetchTopicOffsets(topic);
  const found = offsets.find((entry) => entry.partition === partition);
  if (!found) throw new Error(`the broker knows no partition ${partition} of ${topic}`);
  return { low: Number(found.low), high: Number(found.high) };
}

export const RECORDS_GONE = "records left the log before they were read: they are counted as lost, reading goes on";

export const logTooShort = (topic: string, partition: number, expected: number, logEnd: number): string =>
  `${topic} ${partition}: the log ends at ${logEnd}, before the expected offset ${expected}: the topic was made anew`;

function groupByLine(assignment: Record<string, number[]>, lineOf: LineOf): Map<string, TopicPartition[]> {
  const lines = new Map<string, TopicPartition[]>();
  for (const [topic, partitions] of Object.entries(assignment)) {
    for (const partition of partitions) {
      const key = lineOf(topic, partition);
      lines.set(key, [...(lines.get(key) ?? []), { topic, partition }]);
    }
  }
  return lines;
}

function samePartitions(a: readonly TopicPartition[], b: readonly TopicPartition[] | undefined): boolean {
  if (!b || a.length !== b.length) return false;
  const keys = new Set(a.map(({ topic, partition }) => partitionKey(topic, partition)));
  return b.every(({ topic, partition }) => keys.has(partitionKey(topic, partition)));
}
