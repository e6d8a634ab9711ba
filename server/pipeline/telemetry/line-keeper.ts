import type { RejectedRecord } from "../../contracts/dead-letter.ts";
import type { ReplayOutcome } from "../replay-outcome.ts";
import { decideLate } from "./decide-late.ts";
import type { StoredVisit } from "./line-visits.ts";
import type { ReadingRows } from "./reading-rows.ts";
import { type EncodedSegment, encodeSegment } from "./segment.ts";
import type { Cut, TelemetryLine } from "./telemetry-line.ts";

/** `rejected` by rising offset, all of the topic and partition of `claim`. */
export type Rejects = {
  rejected: readonly RejectedRecord[];
  replays: readonly ReplayOutcome[];
  claim: { topic: string; partition: number; epoch: bigint };
};

/** What one checkpoint stores, in one transaction behind the fence. */
export type Checkpoint = {
  partition: number;
  sequence: number;
  topics: Cut["topics"];
  segment: EncodedSegment | null;
  state: Cut["state"];
  visits: readonly StoredVisit[];
  rejects: Rejects;
};

/** What the keeper asks of the database. All of it may fail; `save` throws `Fenced` when another owns the line. */
export type LineStore = {
  save(checkpoint: Checkpoint): Promise<void>;
  saveRejects(rejects: Rejects): Promise<void>;
  /** Pieces of the stored history that may hold the identity of a reading of one of these times. */
  segmentsAt(partition: number, timesMs: readonly number[]): AsyncIterable<Buffer>;
};

export type Saved = { rows: number; bytes: number; ms: number; topics: Cut["topics"] };

/**
 * Stores what a line holds. A checkpoint that fails is kept as it is and tried again: its readings are in no other
 * place than the log. Rejected records go ahead in small transactions of their own, and no checkpoint passes one that
 * is still on its way.
 */
export class LineKeeper {
  #cut: Cut | null = null;
  #segment: EncodedSegment | null = null;
  #saving: Promise<Saved | null> | null = null;
  #flushing: Promise<void> | null = null;
  #isAbandoned = false;

  constructor(
    readonly line: TelemetryLine,
    private readonly store: LineStore,
  ) {}

  /** Stores nothing from now on; resolves when what is under way has ended, so that the line can be loaded anew. */
  async abandon(): Promise<void> {
    this.#isAbandoned = true;
    await Promise.allSettled([this.#saving, this.#flushing]);
  }

  /** Readings that are in no stored segment yet. */
  unsaved(): ReadingRows[] {
    return this.#cut ? [this.#cut.rows, this.line.rows] : [this.line.rows];
  }

  /** Stores what has come since the last time; `null` when nothing has. One that runs already is joined. */
  save(): Promise<Saved | null> {
    return this.#begin(false);
  }

  #begin(last: boolean): Promise<Saved | null> {
    this.#saving ??= this.#save(last).finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  /** Stores all there is, with the whole state, for a line that is about to stop. */
  async saveLast(): Promise<Saved | null> {
    await this.#saving?.catch(() => {});
    const kept = this.#cut ? await this.save() : null; // an earlier attempt that failed goes first
    const last = await this.#begin(true); // marked as saving, so that no flush takes rejected records past it
    await this.flushRejects();
    return last ?? kept;
  }

  /** Stores rejected records ahead of the next checkpoint. */
  async flushRejects(): Promise<void> {
    if (this.#isAbandoned || this.#saving || this.#flushing || !this.line.hasUnstoredRejects()) return;
    this.#flushing = this.#flush().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    const rejects = this.line.takeRejects();
    try {
      await this.store.saveRejects(rejects);
    } catch (error) {
      this.line.returnRejects(rejects);
      throw error;
    }
  }

  async #save(last: boolean): Promise<Saved | null> {
    const startedAt = performance.now();
    const cut = this.#isAbandoned ? null : (this.#cut ?? this.line.cut(last));
    if (!cut) return null;
    if (cut !== this.#cut) {
      this.#cut = cut;
      this.#segment = null;
    }
    await this.#flushing?.catch(() => {}); // what failed is with the line again, and goes with the checkpoint
    if (cut.rows.count > 0 && !this.#segment) {
      const partition = this.line.partition;
      const repeated = await decideLate(cut.rows, (timesMs) => this.store.segmentsAt(partition, timesMs));
      this.line.recount(cut, repeated);
      this.#segment = encodeSegment(cut.rows, cut.firstVehicle, cut.newIds);
    }
    const segment = this.#segment;
    await this.#store({
      partition: this.line.partition,
      ...{ sequence: cut.sequence, topics: cut.topics, state: cut.state, visits: cut.visits, segment },
    });
    this.line.stored(cut);
    this.#cut = null;
    this.#segment = null;
    const ms = performance.now() - startedAt;
    return { rows: segment?.rows ?? 0, bytes: segment?.data.length ?? 0, ms, topics: cut.topics };
  }

  async #store(checkpoint: Omit<Checkpoint, "rejects">): Promise<void> {
    const rejects = this.line.takeRejects();
    try {
      await this.store.save({ ...checkpoint, rejects });
    } catch (error) {
      this.line.returnRejects(rejects);
      throw error;
    }
  }
}
