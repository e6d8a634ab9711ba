import { readdirSync, rmSync } from "node:fs";
import { z } from "zod";
import type { Logger } from "../../../platform/logger.ts";
import { readFileIfThere, type WriteAt, writeFileAtomically } from "../files.ts";
import type { TimedOffset } from "./find-record.ts";
import { Segment } from "./segment.ts";

const Summary = z.object({
  segment: z.object({
    sizeBytes: z.number(),
    nextOffset: z.number(),
    timestampMaxMs: z.number(),
    index: z.object({
      offsets: z.array(z.number()),
      positions: z.array(z.number()),
      timestampsMaxMsBefore: z.array(z.number()),
    }),
  }),
  producers: z.array(
    z.object({
      producerId: z.number(),
      epoch: z.number(),
      batches: z.array(z.object({ firstSequence: z.number(), lastSequence: z.number(), baseOffset: z.number() })),
    }),
  ),
  transactions: z.object({
    open: z.array(z.tuple([z.number(), z.number()])),
    aborted: z.array(z.object({ producerId: z.number(), firstOffset: z.number(), lastOffset: z.number() })),
  }),
});
type Summary = z.infer<typeof Summary>;
type LogState = Pick<Summary, "producers" | "transactions">;

export type SegmentListOptions = {
  directory: string;
  logger: Logger;
  writeAt: WriteAt;
  /** What else is a fold of the batches: kept beside each sealed segment, so that a start need not read it again. */
  state: {
    snapshot(): LogState;
    restore(state: LogState): void;
    note(batch: Buffer): void;
  };
};

/** The segment files of a partition, oldest first; the last is the active one that is written to. */
export class SegmentList {
  readonly #options: SegmentListOptions;
  #segments: Segment[] = [];

  constructor(options: SegmentListOptions) {
    this.#options = options;
  }

  /** Opens or makes the files; `startOffset` is where a log without any begins. */
  open(startOffset: number): void {
    const baseOffsets = readdirSync(this.#options.directory)
      .map(Segment.baseOffsetOf)
      .filter((baseOffset) => baseOffset !== null)
      .sort((left, right) => left - right);
    for (const baseOffset of baseOffsets) this.#add(baseOffset, (segment) => this.#recover(segment));
    if (this.#segments.length === 0) this.#add(startOffset);
    // The active segment grows from here on, so what was said of it at the last stop is soon no longer true.
    rmSync(summaryPathOf(this.active), { force: true });
  }

  get first(): Segment {
    return this.#segments[0]!;
  }

  get active(): Segment {
    return this.#segments.at(-1)!;
  }

  get sizeBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  }

  /** Seals the active segment and begins the next. */
  roll(): void {
    const sealed = this.active;
    this.#add(sealed.nextOffset);
    sealed.sync((error) => this.#reportSync(error));
    this.#summarise(sealed);
  }

  dropFirst(): void {
    const first = this.#segments.shift()!;
    rmSync(summaryPathOf(first), { force: true });
    first.delete();
  }

  read(offset: number, bytesMax: number, limitOffset: number): Buffer | null {
    for (let index = this.#indexOf(offset); index < this.#segments.length; index++) {
      const found = this.#segments[index]!.read(offset, bytesMax, limitOffset);
      if (found) return found;
    }
    return null;
  }

  findByTime(timestampMs: number, fromOffset: number): TimedOffset | null {
    for (let index = this.#indexOf(fromOffset); index < this.#segments.length; index++) {
      const found = this.#segments[index]!.findByTime(timestampMs, fromOffset);
      if (found) return found;
    }
    return null;
  }

  sync(): void {
    this.active.sync((error) => this.#reportSync(error));
  }

  close(): void {
    this.#summarise(this.active);
    for (const segment of this.#segments) segment.close();
  }

  /** Deletes the files. */
  abandon(): void {
    for (const segment of this.#segments) segment.delete();
  }

  #add(baseOffset: number, prepare?: (segment: Segment) => void): void {
    const segment = new Segment(this.#options.directory, baseOffset, this.#options.writeAt);
    prepare?.(segment);
    this.#segments.push(segment);
  }

  #recover(segment: Segment): void {
    const { state, logger } = this.#options;
    const summary = this.#readSummary(segment);
    if (summary && segment.restore(summary.segment)) {
      state.restore(summary);
      return;
    }
    const cutBytes = segment.recover((batch) => state.note(batch.bytes));
    if (cutBytes > 0) logger.warn({ path: segment.path, cutBytes }, "cut a torn tail off the log of a partition");
  }

  #summarise(segment: Segment): void {
    const summary: Summary = { segment: segment.summary, ...this.#options.state.snapshot() };
    try {
      // Not waiting for the disk: a segment is sealed in the middle of a produce request.
      writeFileAtomically(summaryPathOf(segment), JSON.stringify(summary), { isDurable: false });
    } catch (error) {
      // Without it the next start reads the segment itself: slower, never wrong.
      this.#options.logger.warn({ path: segment.path, err: error }, "cannot write the summary of a segment");
    }
  }

  #readSummary(segment: Segment): Summary | null {
    const text = readFileIfThere(summaryPathOf(segment));
    if (text === null) return null;
    try {
      return Summary.parse(JSON.parse(text));
    } catch (error) {
      this.#options.logger.warn({ path: segment.path, err: error }, "ignored an unreadable summary of a segment");
      return null;
    }
  }

  #indexOf(offset: number): number {
    let index = this.#segments.length - 1;
    while (index > 0 && this.#segments[index]!.baseOffset > offset) index--;
    return index;
  }

  #reportSync(error: Error): void {
    this.#options.logger.error({ directory: this.#options.directory, err: error }, "cannot sync a log to the disk");
  }
}

function summaryPathOf(segment: Segment): string {
  return segment.path.replace(/\.log$/, ".summary.json");
}
