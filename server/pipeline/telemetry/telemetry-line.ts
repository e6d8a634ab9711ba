import { deadLetterId, type FailingField, type RejectedRecord } from "../../contracts/dead-letter.ts";
import type { ChangeChunk, VehicleState } from "../../contracts/lane.ts";
import { addOutcomes, noOutcomes, type OutcomeCounts } from "../../contracts/outcome.ts";
import { recordTimeMs } from "../record-time.ts";
import type { ReplayOutcome } from "../replay-outcome.ts";
import type { Rejection } from "../step.ts";
import { storableHeaders } from "../storable-text.ts";
import { ChangeFeed } from "./change-feed.ts";
import type { FenceIndex } from "./fence-index.ts";
import { IdTable } from "./id-table.ts";
import { LineVisits, type StoredVisit } from "./line-visits.ts";
import type { ReadingChunk, ReadingRecord, TelemetryStep } from "./reading-chunk.ts";
import { APPLIED, LATE, REPEATED, ReadingRows, UNDECIDED } from "./reading-rows.ts";
import { readReplay } from "./replay.ts";
import { decodeSegment } from "./segment.ts";
import { VehicleColumns } from "./vehicle-columns.ts";
import { vehicleState } from "./vehicle-state.ts";

/** A record of Kafka as a line meets it. */
export type LineRecord = ReadingRecord & {
  key: Buffer | null;
  headers?: Record<string, Buffer | string | (Buffer | string)[] | undefined> | undefined;
};

/** How far one topic of the line is stored, and by which claim. */
export type TopicClaim = {
  topic: string;
  epoch: bigint;
  nextOffset: number;
  lastHash: number | null;
  counters: OutcomeCounts;
};

/** What a claimed line is made of again: the last state row, and the segments since, unpacked. */
export type StoredLine = {
  partition: number;
  topics: readonly TopicClaim[];
  sequence: number;
  vehicleIds: readonly string[];
  state: Buffer | null;
  segments: readonly Buffer[];
  /** Those that have not ended. */
  visits: readonly StoredVisit[];
};

export type LineDeps = {
  readingsTopic: string;
  replaysTopic: string;
  steps: readonly TelemetryStep[];
  fences: FenceIndex;
  hashOf(record: LineRecord): number;
};

type TopicProgress = {
  epoch: bigint;
  saved: number;
  expected: number;
  lastHash: number | null;
  counters: OutcomeCounts;
};

/** All that a checkpoint stores, taken from the line in one go while nothing else runs. */
export type Cut = {
  sequence: number;
  topics: {
    topic: string;
    epoch: bigint;
    from: number;
    next: number;
    lastHash: number | null;
    counters: OutcomeCounts;
  }[];
  rows: ReadingRows;
  firstVehicle: number;
  newIds: string[];
  /** Visits that changed since the last cut. */
  visits: StoredVisit[];
  /** The whole state with all ids, every twelfth time. */
  state: { data: Buffer; vehicleIds: string[] } | null;
};

/** The state row is written so seldom; recovery folds the segments since. */
const CUTS_PER_STATE = 12;
/** A rejected record without its value: its objects and words. */
const REJECT_BYTES = 1000;

/** Everything that one partition is: its vehicles, what is not stored yet, and how far it is with each topic. */
export class TelemetryLine {
  readonly partition: number;
  readonly ids = new IdTable();
  readonly vehicles = new VehicleColumns();
  readonly visits: LineVisits;
  /** Readings since the last cut. */
  rows = new ReadingRows();
  stopped: string | null = null;
  /** Rows of a stored cut, to be filled again: their arrays are what costs the collector most. */
  #spareRows: ReadingRows | null = null;
  readonly #deps: LineDeps;
  readonly #feed: ChangeFeed;
  readonly #topics = new Map<string, TopicProgress>();
  #sequence: number;
  #toldIds: number;
  /** A chunk was folded in by half, so nothing may be stored any more: the log brings it again. */
  #isBroken = false;
  #rejected: RejectedRecord[] = [];
  #replayOutcomes: ReplayOutcome[] = [];

  constructor(deps: LineDeps, stored: StoredLine) {
    this.#deps = deps;
    this.partition = stored.partition;
    this.#sequence = stored.sequence;
    this.visits = new LineVisits(deps.fences, this.ids, { topic: deps.readingsTopic, partition: stored.partition });
    for (const { topic, epoch, nextOffset, lastHash, counters } of stored.topics) {
      this.#topics.set(topic, { epoch, saved: nextOffset, expected: nextOffset, lastHash, counters: { ...counters } });
    }
    this.#recover(stored);
    this.#toldIds = this.ids.size;
    const epochs = stored.topics.map(({ epoch }) => epoch).join("-");
    this.#feed = new ChangeFeed(stored.partition, epochs, this.ids, this.vehicles);
    this.tellAll();
  }

  expected(topic: string): number {
    return this.#topic(topic).expected;
  }

  lastHash(topic: string): number | null {
    return this.#topic(topic).lastHash;
  }

  begin(topic: string, offset: number): void {
    this.#topic(topic).expected = offset;
  }

  /** What lay between left the log unread. */
  skipLost(topic: string, offset: number): void {
    const progress = this.#topic(topic);
    progress.counters.lost += offset - progress.expected;
    progress.expected = offset;
  }

  /**
   * Folds a chunk in. Synchronous: nothing of it is seen half done. A defect throws, and leaves a line that stores
   * nothing more: it has to be loaded anew.
   */
  run(topic: string, messages: readonly LineRecord[], from: number, lastOffset: number): void {
    try {
      if (topic === this.#deps.readingsTopic) this.#runReadings(messages, from);
      else this.#runReplays(messages, from);
    } catch (error) {
      this.#isBroken = true;
      throw error;
    }
    this.#advance(topic, messages, from, lastOffset);
  }

  /** Rejects a record unfolded, because it has shown that folding it fails. */
  turnAway(topic: string, record: LineRecord, lastOffset: number, rejection: Rejection): void {
    const replay = topic === this.#deps.replaysTopic ? readReplay(record, this.#deps.readingsTopic) : null;
    if (replay) this.#noteReplay(record, replay.deadLetter, rejection);
    else this.#reject(record, rejection);
    this.#topic(topic).counters.rejected += 1;
    this.#advance(topic, [record], 0, lastOffset);
  }

  #advance(topic: string, messages: readonly LineRecord[], from: number, lastOffset: number): void {
    const progress = this.#topic(topic);
    const delivered = messages.length - from;
    progress.counters.delivered += delivered;
    progress.counters.gaps += lastOffset + 1 - progress.expected - delivered;
    progress.expected = lastOffset + 1;
    progress.lastHash = this.#deps.hashOf(messages[messages.length - 1]!);
  }

  /** Of a topic that has fewer partitions than the others nothing is ever read here. */
  counters(topic: string): OutcomeCounts {
    return this.#topics.get(topic)?.counters ?? noOutcomes();
  }

  allCounters(): OutcomeCounts {
    const sum = noOutcomes();
    for (const { counters } of this.#topics.values()) addOutcomes(sum, counters);
    return sum;
  }

  epochs(): { topic: string; epoch: bigint }[] {
    return [...this.#topics].map(([topic, { epoch }]) => ({ topic, epoch }));
  }

  // ------------------------------------------------------------------ what leaves

  /** What changed for the browsers since the last call, or `null`. */
  changes(): ChangeChunk | null {
    return this.#feed.take();
  }

  tellAll(): void {
    this.#feed.markAll();
    this.visits.tellAll();
  }

  hasUnstoredRejects(): boolean {
    return this.#rejected.length > 0 || this.#replayOutcomes.length > 0;
  }

  /** What the rejected records that wait to be stored take in memory, roughly. */
  unstoredRejectBytes(): number {
    return this.#rejected.reduce((sum, { value }) => sum + REJECT_BYTES + (value?.length ?? 0), 0);
  }

  takeRejects() {
    const topic = this.#deps.readingsTopic;
    const claim = { topic, partition: this.partition, epoch: this.#topic(topic).epoch };
    const taken = { rejected: this.#rejected, replays: this.#replayOutcomes, claim };
    this.#rejected = [];
    this.#replayOutcomes = [];
    return taken;
  }

  /** They could not be stored: they come first next time. */
  returnRejects(taken: { rejected: RejectedRecord[]; replays: ReplayOutcome[] }): void {
    this.#rejected = [...taken.rejected, ...this.#rejected];
    this.#replayOutcomes = [...taken.replays, ...this.#replayOutcomes];
  }

  /**
   * Takes what is to be stored, or `null` when nothing has come. `last` also takes the whole state, so that the next
   * start has nothing to fold. The line goes on with fresh rows; a cut that cannot be stored must be kept and tried again.
   */
  cut(last = false): Cut | null {
    const moved = [...this.#topics.values()].some(({ expected, saved }) => expected !== saved);
    if (!moved || this.#isBroken) return null;
    this.#sequence += 1;
    const withState = last || this.#sequence % CUTS_PER_STATE === 0;
    const cut: Cut = {
      sequence: this.#sequence,
      topics: [...this.#topics].map(([topic, { epoch, saved, expected, lastHash, counters }]) => ({
        ...{ topic, epoch, lastHash },
        from: saved,
        next: expected,
        counters: { ...counters },
      })),
      rows: this.rows,
      firstVehicle: this.#toldIds,
      newIds: this.ids.idsFrom(this.#toldIds),
      visits: this.visits.takeChanged(),
      state: withState ? { data: this.vehicles.snapshot(), vehicleIds: this.ids.idsFrom(0) } : null,
    };
    this.rows = this.#spareRows ?? new ReadingRows(this.rows.count);
    this.#spareRows = null;
    this.#toldIds = this.ids.size;
    return cut;
  }

  /** The cut is stored. Its rows are taken back, so nobody may read them any more. */
  stored(cut: Cut): void {
    for (const { topic, next } of cut.topics) this.#topic(topic).saved = next;
    cut.rows.count = 0;
    this.#spareRows = cut.rows;
  }

  /** History has shown that late readings of a cut were repeated ones. */
  recount(cut: Cut, repeated: number): void {
    const { readingsTopic } = this.#deps;
    const inCut = cut.topics.find(({ topic }) => topic === readingsTopic);
    for (const counters of [this.#topic(readingsTopic).counters, inCut?.counters]) {
      if (!counters) continue;
      counters.late -= repeated;
      counters.repeated += repeated;
    }
  }

  vehicle(id: string): VehicleState | null {
    const index = this.ids.find(id);
    if (index === null) return null;
    const place = { topic: this.#deps.readingsTopic, partition: this.partition };
    return vehicleState(this.vehicles, index, id, place);
  }

  // ------------------------------------------------------------------ inside

  #topic(topic: string): TopicProgress {
    const progress = this.#topics.get(topic);
    if (!progress) throw new Error(`partition ${this.partition} was not claimed for ${topic}`);
    return progress;
  }

  #runReadings(messages: readonly LineRecord[], from: number): void {
    const { counters } = this.#topic(this.#deps.readingsTopic);
    const rejectedBefore = this.#rejected.length;
    const firstRow = this.#runSteps(messages, from, (record, rejection) =>
      this.#reject(record as LineRecord, rejection),
    );
    const rejected = this.#rejected.length - rejectedBefore;
    counters.rejected += rejected;
    counters.ignored += messages.length - from - rejected - (this.rows.count - firstRow);
    this.#countRows(counters, firstRow);
  }

  #runSteps(records: readonly ReadingRecord[], from: number, reject: ReadingChunk["exits"]["reject"]): number {
    const { rows, ids, vehicles, visits } = this;
    const firstRow = rows.count;
    const chunk: ReadingChunk = {
      ...{ records, from, rows, firstRow, ids, vehicles, visits },
      exits: { reject },
      changed: this.#feed.mark,
    };
    for (const step of this.#deps.steps) step(chunk);
    return firstRow;
  }

  #countRows(counters: OutcomeCounts, firstRow: number): void {
    const { outcome, count } = this.rows;
    for (let row = firstRow; row < count; row++) {
      if (outcome[row] === APPLIED) counters.applied += 1;
      else if (outcome[row] === REPEATED) counters.repeated += 1;
      else if (outcome[row] === LATE || outcome[row] === UNDECIDED) counters.late += 1;
    }
  }

  /** Replays are few, so each goes through the steps alone: its outcome must find its way to its dead letter. */
  #runReplays(messages: readonly LineRecord[], from: number): void {
    const { replaysTopic, readingsTopic } = this.#deps;
    const { counters } = this.#topic(replaysTopic);
    for (let index = from; index < messages.length; index++) {
      const message = messages[index]!;
      const replay = readReplay(message, readingsTopic);
      if (!replay) {
        counters.ignored += 1; // another lane's
        continue;
      }
      let rejection: Rejection | null = null;
      const firstRow = this.#runSteps([replay.standsFor], 0, (_record, why) => {
        rejection = why;
      });
      if (rejection) counters.rejected += 1;
      else if (this.rows.count === firstRow) counters.ignored += 1;
      else this.#countRows(counters, firstRow);
      this.#noteReplay(message, replay.deadLetter, rejection);
    }
  }

  #noteReplay({ offset }: LineRecord, deadLetter: string, rejection: Rejection | null): void {
    const replay = deadLetterId({ topic: this.#deps.replaysTopic, partition: this.partition, offset });
    this.#replayOutcomes.push({ deadLetter, replay, rejection });
  }

  #reject(record: LineRecord, rejection: Rejection): void {
    this.#rejected.push({
      topic: this.#deps.readingsTopic,
      partition: this.partition,
      offset: BigInt(record.offset),
      timestampMs: recordTimeMs(record.timestamp),
      lane: "telemetry",
      connector: "canonical",
      ...{ stage: rejection.stage, reason: rejection.reason, message: rejection.message },
      fields: rejection.fields satisfies FailingField[],
      key: record.key,
      value: record.value,
      headers: storableHeaders(textHeaders(record.headers)),
    });
  }

  #recover(stored: StoredLine): void {
    for (const id of stored.vehicleIds) this.ids.add(id);
    if (stored.state) this.vehicles.restore(stored.state);
    for (const data of stored.segments) {
      const segment = decodeSegment(data);
      if (segment.firstVehicle > this.ids.size) throw new Error(`partition ${this.partition}: a segment is missing`);
      for (const id of segment.newIds) this.ids.add(id);
      this.vehicles.reserve(this.ids.size);
      this.vehicles.fold(segment.rows, 0, () => {});
    }
    this.visits.restore(stored.visits, this.vehicles);
  }
}

function textHeaders(headers: LineRecord["headers"]): Record<string, string> {
  const entries = Object.entries(headers ?? {}).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name, first.toString()]];
  });
  return Object.fromEntries(entries);
}
