import type { KafkaMessage } from "kafkajs";
import type { RejectedRecord } from "../contracts/dead-letter.ts";
import { addOutcomes, noOutcomes, type Outcome, type OutcomeCounts } from "../contracts/outcome.ts";
import type { ChangesPipeline } from "../pipeline/build-changes.ts";
import type { ChangesRecord, DecodedRecord, SourceRecord } from "../pipeline/changes-record.ts";
import type { Rejection } from "../pipeline/step.ts";
import { storableHeaders, storableText } from "../pipeline/storable-text.ts";
import { isDefect } from "../platform/defect.ts";
import type { Line, TopicPartition } from "./line.ts";
import { recordHash } from "./record-hash.ts";
import { messageOf } from "./retry.ts";
import { toSourceRecord } from "./source-record.ts";

type Chunk = {
  decoded: DecodedRecord[];
  ignored: ChangesRecord[];
  rejected: { entry: ChangesRecord; letter: RejectedRecord }[];
};
type Move = TopicPartition & {
  epoch: bigint;
  expected: number;
  next: number;
  lastHash: number | null;
  sequence: number;
  counters: OutcomeCounts;
};

export type ChangesLineParts = {
  claimed: TopicPartition & {
    epoch: bigint;
    nextOffset: number;
    lastHash: number | null;
    sequence: number;
    counters: OutcomeCounts;
  };
  pipeline: ChangesPipeline;
  connectorOf(topic: string): string;
  /** Stores a chunk and its move, all or nothing. It may ask for the move more than once: the last is what counts. */
  store(chunk: Chunk, toMove: (outcomes: ReadonlyMap<number, Outcome>) => Move): Promise<ReadonlyMap<number, Outcome>>;
  /** Whether the move was stored: asked when a connection broke before the answer came. */
  isStored(move: Move): Promise<boolean>;
  /** Whether the database refused the data itself, so that trying again cannot help. */
  isUnstorable(error: unknown): boolean;
  /** Told after each stored chunk. */
  stored(move: { topic: string; partition: number; offset: number; counts: OutcomeCounts; ms: number }): void;
};

/** Bounds of one transaction: records, and changes (one event may change many rows). */
const RECORDS_MAX = 500;
const CHANGES_MAX = 5000;
/** So often the same chunk may fail at a defect before its records are tried alone. */
const DEFECTS_MAX = 3;

/**
 * One partition of the changes lane. Nothing is held in memory beyond the place in the log: each chunk is one
 * transaction, and the database is the state.
 */
export class ChangesLine implements Line {
  stopped: string | null = null;
  readonly #parts: ChangesLineParts;
  /** The row behind the fence; `#expected` is ahead of it only until the first chunk of a log that begins late. */
  #row: Pick<Move, "epoch" | "sequence" | "counters" | "lastHash"> & { nextOffset: number };
  #expected: number;
  /** Sent to the database without an answer: stored or not, nobody has said. */
  #unsure: Move | null = null;
  /** How often folding failed since the line began to try at `#begunAt`. */
  #defects = 0;
  #begunAt = -1;

  constructor(parts: ChangesLineParts) {
    const { epoch, nextOffset, lastHash, sequence, counters } = parts.claimed;
    this.#parts = parts;
    this.#row = { epoch, nextOffset, lastHash, sequence, counters };
    this.#expected = nextOffset;
  }

  expected(): number {
    return this.#expected;
  }

  lastHash(): number | null {
    return this.#row.lastHash;
  }

  begin(_topic: string, offset: number): void {
    this.#expected = offset;
  }

  skipLost(_topic: string, offset: number): void {
    const { counters } = this.#row;
    this.#row = { ...this.#row, counters: { ...counters, lost: counters.lost + offset - this.#expected } };
    this.#expected = offset;
  }

  get topic(): string {
    return this.#parts.claimed.topic;
  }

  get epoch(): bigint {
    return this.#row.epoch;
  }

  get counters(): OutcomeCounts {
    return this.#row.counters;
  }

  async run(topic: string, messages: readonly KafkaMessage[], from: number, lastOffset: number): Promise<void> {
    await this.#settleUnsure();
    if (this.#begunAt !== this.#expected) this.#defects = 0;
    this.#begunAt = this.#expected;
    let start = from;
    // After an unsure commit that did go through, part of the chunk is known already.
    while (start < messages.length && Number(messages[start]!.offset) < this.#expected) start += 1;
    for (; start < messages.length; start += RECORDS_MAX) {
      const slice = messages.slice(start, start + RECORDS_MAX);
      const isLast = start + RECORDS_MAX >= messages.length;
      await this.#storeSlice(topic, slice, isLast ? lastOffset : Number(slice.at(-1)!.offset));
    }
  }

  async #storeSlice(topic: string, messages: readonly KafkaMessage[], lastOffset: number): Promise<void> {
    const { partition } = this.#parts.claimed;
    const entries = messages.map(
      (message, place): ChangesRecord => ({
        place,
        record: toSourceRecord(topic, partition, message),
        replay: null,
      }),
    );
    try {
      const chunk = this.#decode(entries);
      const changes = chunk.decoded.reduce((sum, record) => sum + record.changes.length, 0);
      if (changes > CHANGES_MAX && messages.length > 1) return await this.#storeHalves(topic, messages, lastOffset);
      await this.#storeChunk(chunk, messages, lastOffset);
    } catch (error) {
      if (!this.#liesInRecords(error)) throw error;
      this.#unsure = null;
      if (messages.length > 1) return this.#storeHalves(topic, messages, lastOffset);
      await this.#storeChunk(this.#refused(entries[0]!, error), messages, lastOffset);
    }
  }

  /**
   * Whether trying the same records again cannot help: the database refuses the data, or folding it fails. A defect is
   * tried again as it is first, because a driver that lost its connection may fail like one.
   */
  #liesInRecords(error: unknown): boolean {
    if (this.#parts.isUnstorable(error)) return true;
    if (!isDefect(error)) return false;
    this.#defects += 1;
    return this.#defects >= DEFECTS_MAX;
  }

  /** Finds what does not fit in one transaction, or what the database refuses, without holding the others back. */
  async #storeHalves(topic: string, messages: readonly KafkaMessage[], lastOffset: number): Promise<void> {
    const middle = messages.length >> 1;
    const first = messages.slice(0, middle);
    await this.#storeSlice(topic, first, Number(first.at(-1)!.offset));
    await this.#storeSlice(topic, messages.slice(middle), lastOffset);
  }

  async #storeChunk(chunk: Chunk, messages: readonly KafkaMessage[], lastOffset: number): Promise<void> {
    const { topic, partition } = this.#parts.claimed;
    const startedAt = performance.now();
    const gaps = lastOffset + 1 - this.#expected - messages.length;
    let counts = noOutcomes();
    const outcomes = await this.#parts.store(chunk, (found) => {
      // Made anew each time: what could not be stored together with others is stored again alone.
      counts = { ...noOutcomes(), gaps, delivered: messages.length };
      for (const outcome of found.values()) counts[outcome] += 1;
      this.#unsure = {
        topic,
        partition,
        epoch: this.#row.epoch,
        expected: this.#row.nextOffset,
        next: lastOffset + 1,
        lastHash: recordHash(messages.at(-1)!),
        sequence: this.#row.sequence + 1,
        counters: addOutcomes({ ...this.#row.counters }, counts),
      };
      return this.#unsure;
    });
    if (outcomes.size !== messages.length) throw new Error(`${messages.length} records had ${outcomes.size} outcomes`);
    this.#advance(this.#unsure!);
    const ms = Math.round(performance.now() - startedAt);
    this.#parts.stored({ topic, partition, offset: this.#expected, counts, ms });
  }

  #advance({ epoch, next, lastHash, sequence, counters }: Move): void {
    this.#row = { epoch, nextOffset: next, lastHash, sequence, counters };
    this.#expected = next;
    this.#unsure = null;
  }

  async #settleUnsure(): Promise<void> {
    const move = this.#unsure;
    if (!move) return;
    if (await this.#parts.isStored(move)) this.#advance(move);
    this.#unsure = null;
  }

  #decode(entries: readonly ChangesRecord[]): Chunk {
    const ignored: ChangesRecord[] = [];
    const rejected: Chunk["rejected"] = [];
    const decoded = this.#parts.pipeline.run(entries, {
      ignore: (entry) => void ignored.push(entry),
      repeat: () => {
        throw new Error("repeats of this lane are known by the database alone");
      },
      reject: (entry, rejection) => void rejected.push({ entry, letter: this.#toLetter(entry.record, rejection) }),
    });
    return { decoded, ignored, rejected };
  }

  /** What passed the contract and yet cannot be stored; opened again, because a replay stands for another record. */
  #refused(entry: ChangesRecord, error: unknown): Chunk {
    const opened = this.#opened(entry);
    const isRefusal = this.#parts.isUnstorable(error);
    const [reason, what] = isRefusal
      ? ["not_storable", "the database refused"]
      : ["not_foldable", "the tower failed at"];
    const message = `${what} the change: ${messageOf(error)}`;
    const rejection: Rejection = { stage: "apply", reason: reason!, message, fields: [] };
    return {
      decoded: [],
      ignored: [],
      rejected: [{ entry: opened, letter: this.#toLetter(opened.record, rejection) }],
    };
  }

  #opened(entry: ChangesRecord): ChangesRecord {
    try {
      return this.#decode([entry]).decoded[0] ?? entry;
    } catch {
      return entry;
    }
  }

  #toLetter({ topic, partition, offset, timestampMs, key, value, headers }: SourceRecord, rejection: Rejection) {
    const { stage, reason, message, fields } = rejection;
    const letter: RejectedRecord = {
      topic,
      partition,
      offset,
      timestampMs,
      lane: "changes",
      connector: this.#parts.connectorOf(topic),
      stage,
      reason,
      message: storableText(message).slice(0, MESSAGE_LENGTH_MAX),
      fields: fields.slice(0, FIELDS_MAX).map(({ path, expected }) => ({ path: storableText(path), expected })),
      key,
      value,
      headers: storableHeaders(headers),
    };
    return letter;
  }
}

const MESSAGE_LENGTH_MAX = 2000;
const FIELDS_MAX = 100;
