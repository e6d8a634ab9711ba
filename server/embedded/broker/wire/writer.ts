const BLOCK_BYTES = 4096;
/** From this size on a buffer is passed on as it is: copying record batches would double the cost of a fetch. */
const COPY_BYTES_MAX = 1024;

/** Writes the primitive types of the Kafka protocol into a list of buffers, for one gathered socket write. */
export class Writer {
  readonly #chunks: Buffer[] = [];
  #sizeBytes = 0;
  #block = Buffer.allocUnsafe(512);
  #blockStart = 0;
  #position = 0;

  get sizeBytes(): number {
    return this.#sizeBytes + this.#position - this.#blockStart;
  }

  int8(value: number): void {
    this.#reserve(1);
    this.#position = this.#block.writeInt8(value, this.#position);
  }

  int16(value: number): void {
    this.#reserve(2);
    this.#position = this.#block.writeInt16BE(value, this.#position);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#position = this.#block.writeInt32BE(value, this.#position);
  }

  int64(value: number): void {
    this.#reserve(8);
    const high = Math.floor(value / 2 ** 32);
    this.#block.writeInt32BE(high, this.#position);
    this.#position = this.#block.writeUInt32BE(value - high * 2 ** 32, this.#position + 4);
  }

  unsignedVarint(value: number): void {
    this.#reserve(5);
    let rest = value;
    while (rest > 0x7f) {
      this.#block[this.#position++] = (rest & 0x7f) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#block[this.#position++] = rest;
  }

  text(value: string, lengthBytes: number): void {
    this.#reserve(lengthBytes);
    this.#position += this.#block.write(value, this.#position, "utf8");
  }

  raw(bytes: Buffer): void {
    if (bytes.length > COPY_BYTES_MAX) {
      this.#flush();
      this.#chunks.push(bytes);
      this.#sizeBytes += bytes.length;
      return;
    }
    this.#reserve(bytes.length);
    this.#position += bytes.copy(this.#block, this.#position);
  }

  finish(): Buffer[] {
    this.#flush();
    return this.#chunks;
  }

  #reserve(lengthBytes: number): void {
    if (this.#position + lengthBytes <= this.#block.length) return;
    this.#flush();
    this.#block = Buffer.allocUnsafe(Math.max(lengthBytes, BLOCK_BYTES));
    this.#blockStart = 0;
    this.#position = 0;
  }

  #flush(): void {
    if (this.#position === this.#blockStart) return;
    this.#chunks.push(this.#block.subarray(this.#blockStart, this.#position));
    this.#sizeBytes += this.#position - this.#blockStart;
    this.#blockStart = this.#position;
  }
}
