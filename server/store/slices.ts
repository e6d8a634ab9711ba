/** Bounds of one statement: what is made into text for it stays small, and none runs long. */
const ITEMS_MAX = 500;
const BYTES_MAX = 4_000_000;

/** The items in order, as many at once as one statement should take, and at least one. */
export function* slicesOf<T>(items: readonly T[], bytesOf: (item: T) => number): Generator<T[]> {
  let slice: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const more = bytesOf(item);
    if (slice.length > 0 && (slice.length === ITEMS_MAX || bytes + more > BYTES_MAX)) {
      yield slice;
      slice = [];
      bytes = 0;
    }
    slice.push(item);
    bytes += more;
  }
  if (slice.length > 0) yield slice;
}

export const bytesOfRecord = ({ key, value }: { key: Uint8Array | null; value: Uint8Array | null }): number =>
  (key?.length ?? 0) + (value?.length ?? 0);

/** Bytes inside of a JSON text. */
export const base64Of = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString("base64");
