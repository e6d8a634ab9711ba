import type { BatchHeader } from "./record-batch.ts";

export type AbortedTransaction = { producerId: number; firstOffset: number; lastOffset: number };
export type TransactionIndexSnapshot = {
  open: [producerId: number, firstOffset: number][];
  aborted: AbortedTransaction[];
};

/** Which transactions are open in one partition, and which were aborted: what `read_committed` readers must know. */
export class TransactionIndex {
  readonly #firstOffsetByOpenProducer = new Map<number, number>();
  #aborted: AbortedTransaction[] = [];

  note(batch: BatchHeader, isCommit: boolean): void {
    if (batch.isControl) this.#end(batch, isCommit);
    else if (batch.isTransactional && !this.#firstOffsetByOpenProducer.has(batch.producerId)) {
      this.#firstOffsetByOpenProducer.set(batch.producerId, batch.baseOffset);
    }
  }

  get openProducerIds(): number[] {
    return [...this.#firstOffsetByOpenProducer.keys()];
  }

  /** Below this everything is decided; `endOffset` if nothing is open. */
  lastStableOffset(endOffset: number): number {
    let stable = endOffset;
    for (const firstOffset of this.#firstOffsetByOpenProducer.values()) stable = Math.min(stable, firstOffset);
    return stable;
  }

  abortedFrom(offset: number): AbortedTransaction[] {
    return this.#aborted.filter((transaction) => transaction.lastOffset >= offset);
  }

  forgetBefore(startOffset: number): void {
    this.#aborted = this.#aborted.filter((transaction) => transaction.lastOffset >= startOffset);
  }

  snapshot(): TransactionIndexSnapshot {
    return { open: [...this.#firstOffsetByOpenProducer], aborted: this.#aborted };
  }

  restore(snapshot: TransactionIndexSnapshot): void {
    this.#firstOffsetByOpenProducer.clear();
    for (const [producerId, firstOffset] of snapshot.open) this.#firstOffsetByOpenProducer.set(producerId, firstOffset);
    this.#aborted = [...snapshot.aborted];
  }

  #end(marker: BatchHeader, isCommit: boolean): void {
    const firstOffset = this.#firstOffsetByOpenProducer.get(marker.producerId);
    if (firstOffset === undefined) return;
    this.#firstOffsetByOpenProducer.delete(marker.producerId);
    if (!isCommit) {
      this.#aborted.push({ producerId: marker.producerId, firstOffset, lastOffset: marker.lastOffset });
    }
  }
}
