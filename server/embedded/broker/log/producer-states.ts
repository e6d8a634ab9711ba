import { ErrorCode } from "../protocol/error-codes.ts";
import type { BatchHeader } from "./record-batch.ts";

/** As many batches as a producer may have in flight: a repeat can only be one of these. */
const REMEMBERED_BATCHES = 5;
const SEQUENCE_MASK = 0x7fffffff;

type RememberedBatch = { firstSequence: number; lastSequence: number; baseOffset: number };
type ProducerState = { epoch: number; batches: RememberedBatch[]; seenMs: number };

export type ProducerStatesSnapshot = { producerId: number; epoch: number; batches: RememberedBatch[] }[];

export type SequenceVerdict =
  | { kind: "next" }
  | { kind: "duplicate"; baseOffset: number }
  | { kind: "refused"; errorCode: ErrorCode };

/** What each idempotent producer wrote last in one partition: how a repeated or missing batch is recognised. */
export class ProducerStates {
  readonly #producers = new Map<number, ProducerState>();

  check(batch: BatchHeader): SequenceVerdict {
    if (batch.producerId < 0) return { kind: "next" };
    const known = this.#producers.get(batch.producerId);
    // A producer forgotten by retention or age goes on where it is, as with Apache Kafka.
    if (!known) return { kind: "next" };
    if (batch.producerEpoch < known.epoch) return refused(ErrorCode.INVALID_PRODUCER_EPOCH);
    if (batch.producerEpoch > known.epoch) {
      return batch.baseSequence === 0 ? { kind: "next" } : refused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    }
    const lastSequence = lastSequenceOf(batch);
    const repeated = known.batches.find(
      (entry) => entry.firstSequence === batch.baseSequence && entry.lastSequence === lastSequence,
    );
    if (repeated) return { kind: "duplicate", baseOffset: repeated.baseOffset };
    const newest = known.batches.at(-1);
    const expected = newest ? (newest.lastSequence + 1) & SEQUENCE_MASK : 0;
    return batch.baseSequence === expected ? { kind: "next" } : refused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  }

  note(batch: BatchHeader, nowMs: number): void {
    if (batch.producerId < 0) return;
    let state = this.#producers.get(batch.producerId);
    if (!state || state.epoch !== batch.producerEpoch) {
      state = { epoch: batch.producerEpoch, batches: [], seenMs: nowMs };
      this.#producers.set(batch.producerId, state);
    }
    state.seenMs = nowMs;
    if (batch.isControl) return;
    state.batches.push({
      firstSequence: batch.baseSequence,
      lastSequence: lastSequenceOf(batch),
      baseOffset: batch.baseOffset,
    });
    if (state.batches.length > REMEMBERED_BATCHES) state.batches.shift();
  }

  epochOf(producerId: number): number {
    return this.#producers.get(producerId)?.epoch ?? 0;
  }

  forgetUnseenSince(timestampMs: number): void {
    for (const [producerId, state] of this.#producers) {
      if (state.seenMs < timestampMs) this.#producers.delete(producerId);
    }
  }

  snapshot(): ProducerStatesSnapshot {
    return [...this.#producers].map(([producerId, { epoch, batches }]) => ({ producerId, epoch, batches }));
  }

  restore(snapshot: ProducerStatesSnapshot, nowMs: number): void {
    this.#producers.clear();
    for (const { producerId, epoch, batches } of snapshot) {
      this.#producers.set(producerId, { epoch, batches: [...batches], seenMs: nowMs });
    }
  }
}

function lastSequenceOf(batch: BatchHeader): number {
  return (batch.baseSequence + batch.recordCount - 1) & SEQUENCE_MASK;
}

function refused(errorCode: ErrorCode): SequenceVerdict {
  return { kind: "refused", errorCode };
}
