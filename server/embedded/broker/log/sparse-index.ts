const INTERVAL_BYTES = 8192;

export type SparseIndexEntries = { offsets: number[]; positions: number[]; timestampsMaxMsBefore: number[] };

/** Where batches start in a segment, one entry for at least every 8 KiB; a reader walks the headers from there. */
export class SparseIndex {
  /** A batch starts less than this after the entry that leads to it. */
  static readonly intervalBytes = INTERVAL_BYTES;

  readonly #entries: SparseIndexEntries;
  #bytesSinceEntry = Infinity;

  constructor(entries: SparseIndexEntries = { offsets: [], positions: [], timestampsMaxMsBefore: [] }) {
    this.#entries = entries;
  }

  get entries(): SparseIndexEntries {
    return this.#entries;
  }

  /** `timestampMaxMsBefore`: the newest time in the segment before this batch. */
  note(batch: { baseOffset: number; sizeBytes: number }, position: number, timestampMaxMsBefore: number): void {
    if (this.#bytesSinceEntry >= INTERVAL_BYTES) {
      this.#entries.offsets.push(batch.baseOffset);
      this.#entries.positions.push(position);
      this.#entries.timestampsMaxMsBefore.push(timestampMaxMsBefore);
      this.#bytesSinceEntry = 0;
    }
    this.#bytesSinceEntry += batch.sizeBytes;
  }

  positionBeforeOffset(offset: number): number {
    return this.#entries.positions[lastIndexWhere(this.#entries.offsets, (entry) => entry <= offset)] ?? 0;
  }

  /** The newest time only ever grows along the segment, so it can be searched though single times go back. */
  positionBeforeTime(timestampMs: number): number {
    const { positions, timestampsMaxMsBefore } = this.#entries;
    return positions[lastIndexWhere(timestampsMaxMsBefore, (entry) => entry < timestampMs)] ?? 0;
  }
}

function lastIndexWhere(sorted: readonly number[], holds: (value: number) => boolean): number {
  let low = -1;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(sorted[middle]!)) low = middle;
    else high = middle - 1;
  }
  return low;
}
