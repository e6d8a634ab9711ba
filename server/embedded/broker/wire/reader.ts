import { ProtocolError } from "./protocol-error.ts";

const UNSIGNED_VARINT_BYTES_MAX = 5;

/**
 * Reads the primitive types of the Kafka protocol from one frame. Every length is checked against what is really
 * there before anything is sliced or allocated; whatever does not fit is a `ProtocolError`, never another throw.
 */
export class Reader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#take(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#take(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }

  /** Offsets, ids and times all fit a safe integer; one that does not is refused rather than silently rounded. */
  int64(): number {
    const at = this.#take(8);
    const value = this.#bytes.readInt32BE(at) * 2 ** 32 + this.#bytes.readUInt32BE(at + 4);
    if (!Number.isSafeInteger(value)) throw new ProtocolError("a 64-bit number is out of range");
    return value;
  }

  unsignedVarint(): number {
    let value = 0;
    for (let byteIndex = 0; byteIndex < UNSIGNED_VARINT_BYTES_MAX; byteIndex++) {
      const byte = this.#bytes[this.#take(1)]!;
      value += (byte & 0x7f) * 2 ** (7 * byteIndex);
      if ((byte & 0x80) === 0) {
        if (value > 0xffffffff) break;
        return value;
      }
    }
    throw new ProtocolError("a variable-length number is out of range");
  }

  /** A view, not a copy: whoever keeps it longer than the request copies it. */
  slice(lengthBytes: number): Buffer {
    const at = this.#take(lengthBytes);
    return this.#bytes.subarray(at, at + lengthBytes);
  }

  text(lengthBytes: number): string {
    const at = this.#take(lengthBytes);
    return this.#bytes.toString("utf8", at, at + lengthBytes);
  }

  /** Flexible versions end each structure with optional fields; none of them matters to a single node. */
  skipTaggedFields(): void {
    for (let count = this.unsignedVarint(); count > 0; count--) {
      this.unsignedVarint();
      this.#take(this.unsignedVarint());
    }
  }

  #take(lengthBytes: number): number {
    if (lengthBytes < 0 || lengthBytes > this.remaining) {
      throw new ProtocolError(`${lengthBytes} bytes are claimed where ${this.remaining} are left`);
    }
    const at = this.#position;
    this.#position += lengthBytes;
    return at;
  }
}
