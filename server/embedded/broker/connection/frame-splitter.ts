import { ProtocolError } from "../wire/protocol-error.ts";

const LENGTH_BYTES = 4;
/** Key, version and correlation id: no request is shorter. */
const FRAME_BYTES_MIN = 8;

/**
 * Cuts the bytes of a connection into requests. A claimed length is checked before anything is kept for it, and
 * memory grows only with what has really arrived.
 */
export class FrameSplitter {
  readonly #frameBytesMax: number;
  #chunks: Buffer[] = [];
  #bufferedBytes = 0;
  #neededBytes = LENGTH_BYTES;

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax;
  }

  /** The whole requests that these bytes complete, without their length. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#bufferedBytes += chunk.length;
    if (this.#bufferedBytes < this.#neededBytes) return [];

    const frames: Buffer[] = [];
    let rest = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks, this.#bufferedBytes);
    this.#neededBytes = LENGTH_BYTES;
    while (rest.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + this.#checkedLength(rest.readInt32BE(0));
      if (rest.length < end) {
        this.#neededBytes = end;
        break;
      }
      frames.push(rest.subarray(LENGTH_BYTES, end));
      rest = rest.subarray(end);
    }
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#bufferedBytes = rest.length;
    return frames;
  }

  #checkedLength(lengthBytes: number): number {
    if (lengthBytes < FRAME_BYTES_MIN || lengthBytes > this.#frameBytesMax) {
      throw new ProtocolError(`a request of ${lengthBytes} bytes is announced; ${this.#frameBytesMax} are the most`);
    }
    return lengthBytes;
  }
}
