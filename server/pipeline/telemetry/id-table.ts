const HASH_START = -2128831035;
const HASH_FACTOR = 16777619;
const EMPTY = -1;

/** FNV-1a of a vehicle id, one byte more. The scanner hashes while it reads, so the step is shared. */
export const idHashStep = (hash: number, byte: number): number => Math.imul(hash ^ byte, HASH_FACTOR);
export const ID_HASH_START = HASH_START;

export function idHash(bytes: Uint8Array, from: number, to: number): number {
  let hash = HASH_START;
  for (let at = from; at < to; at++) hash = idHashStep(hash, bytes[at]!);
  return hash;
}

/**
 * Vehicle id to dense index, straight from the bytes of a record: no string is made for a vehicle that is known.
 * Open addressing; bytes are compared, so two ids with one hash stay apart.
 */
export class IdTable {
  size = 0;
  #slots = new Int32Array(1 << 12).fill(EMPTY);
  #hashes = new Int32Array(1 << 11);
  /** Where the bytes of each id begin; those of id `i` end where `i + 1` begins. */
  #starts = new Int32Array((1 << 11) + 1);
  #bytes = Buffer.alloc(1 << 15);

  /** Index of the id in `bytes[from, to)`, whose hash is `hash`; a new id gets the next index. */
  indexOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const found = this.#find(bytes, from, to, hash);
    return found === EMPTY ? this.#add(bytes, from, to, hash) : found;
  }

  add(id: string): number {
    const bytes = Buffer.from(id);
    return this.indexOf(bytes, 0, bytes.length, idHash(bytes, 0, bytes.length));
  }

  /** The index of a known id, or `null`. */
  find(id: string): number | null {
    const bytes = Buffer.from(id);
    const index = this.#find(bytes, 0, bytes.length, idHash(bytes, 0, bytes.length));
    return index === EMPTY ? null : index;
  }

  id(index: number): string {
    return this.#bytes.toString("utf8", this.#starts[index]!, this.#starts[index + 1]!);
  }

  idsFrom(index: number): string[] {
    return Array.from({ length: this.size - index }, (_, at) => this.id(index + at));
  }

  #find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const last = this.#slots.length - 1;
    for (let slot = spread(hash) & last; ; slot = (slot + 1) & last) {
      const index = this.#slots[slot]!;
      if (index === EMPTY) return EMPTY;
      if (this.#hashes[index] === hash && this.#holds(index, bytes, from, to)) return index;
    }
  }

  #holds(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[index]!;
    const length = to - from;
    if (this.#starts[index + 1]! - start !== length) return false;
    for (let at = 0; at < length; at++) if (this.#bytes[start + at] !== bytes[from + at]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const index = this.size;
    const start = this.#starts[index]!;
    const end = start + to - from;
    this.#reserve(index, end);
    this.#bytes.set(bytes.subarray(from, to), start);
    this.#starts[index + 1] = end;
    this.#hashes[index] = hash;
    this.size += 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    else this.#place(index);
    return index;
  }

  #reserve(index: number, bytesNeeded: number): void {
    if (index >= this.#hashes.length) {
      this.#hashes = grown(this.#hashes, this.#hashes.length * 2);
      this.#starts = grown(this.#starts, this.#hashes.length + 1);
    }
    if (bytesNeeded <= this.#bytes.length) return;
    const bytes = Buffer.alloc(Math.max(this.#bytes.length * 2, bytesNeeded));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    for (let index = 0; index < this.size; index++) this.#place(index);
  }

  #place(index: number): void {
    const last = this.#slots.length - 1;
    let slot = spread(this.#hashes[index]!) & last;
    while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & last;
    this.#slots[slot] = index;
  }
}

const spread = (hash: number): number => hash ^ (hash >>> 15);

function grown(old: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(old);
  return larger;
}
