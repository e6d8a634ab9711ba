/*
 * A list of whole numbers in few bytes. Little-endian:
 *   u8 width, u32 count, f64 base, f64 step, then the bytes of (value - base) / step by rank: all lowest bytes first, then
 *   the next. High ranks are nearly all zero, which a packer sees. Numbers up to 2^53 are exact.
 */
const HEAD_BYTES = 21;

export function encodeNumbers(values: Float64Array, count: number): Buffer {
  let [base, top] = count === 0 ? [0, 0] : [values[0]!, values[0]!];
  for (let index = 1; index < count; index++) {
    const value = values[index]!;
    if (value < base) base = value;
    else if (value > top) top = value;
  }
  const step = commonStep(values, count, base);
  const width = widthOf((top - base) / step);
  const column = Buffer.allocUnsafe(HEAD_BYTES + width * count);
  column.writeUInt8(width, 0);
  column.writeUInt32LE(count, 1);
  column.writeDoubleLE(base, 5);
  column.writeDoubleLE(step, 13);
  if (width <= 4) writeShort(column, values, count, base, step, width);
  else writeLong(column, values, count, base, step, width);
  return column;
}

/** Whole numbers below 2^32, which is nearly all: shifting costs a tenth of dividing. */
function writeShort(column: Buffer, values: Float64Array, count: number, base: number, step: number, width: number) {
  const isStepped = step !== 1;
  for (let index = 0; index < count; index++) {
    const above = isStepped ? (values[index]! - base) / step : values[index]! - base;
    const at = HEAD_BYTES + index;
    if (width > 0) column[at] = above;
    if (width > 1) column[at + count] = above >>> 8;
    if (width > 2) column[at + count * 2] = above >>> 16;
    if (width > 3) column[at + count * 3] = above >>> 24;
  }
}

function writeLong(column: Buffer, values: Float64Array, count: number, base: number, step: number, width: number) {
  for (let rank = 0, at = HEAD_BYTES; rank < width; rank++) {
    const unit = 256 ** rank;
    for (let index = 0; index < count; index++) column[at++] = Math.floor((values[index]! - base) / step / unit) % 256;
  }
}

/** Decodes into `target`; returns where the next column begins. */
export function decodeNumbers(data: Buffer, at: number, target: Float64Array): { count: number; next: number } {
  const width = data.readUInt8(at);
  const count = data.readUInt32LE(at + 1);
  const base = data.readDoubleLE(at + 5);
  const step = data.readDoubleLE(at + 13);
  let from = at + HEAD_BYTES;
  for (let index = 0; index < count; index++) target[index] = 0;
  for (let rank = 0; rank < width; rank++) {
    const unit = 256 ** rank;
    for (let index = 0; index < count; index++) target[index]! += data[from++]! * unit;
  }
  for (let index = 0; index < count; index++) target[index] = target[index]! * step + base;
  return { count, next: from };
}

/** Where the next column begins, without reading this one. */
export const skipNumbers = (data: Buffer, at: number): number =>
  at + HEAD_BYTES + data.readUInt8(at) * data.readUInt32LE(at + 1);

/** Positions come with five or six places, times in seconds: what all values have in common is said once. */
function commonStep(values: Float64Array, count: number, base: number): number {
  let step = 0;
  for (let index = 0; index < count && step !== 1; index++) {
    let [a, b] = [values[index]! - base, step];
    while (b !== 0) [a, b] = [b, a % b];
    step = a;
  }
  return step === 0 ? 1 : step;
}

function widthOf(span: number): number {
  let width = 0;
  for (let rest = span; rest >= 1; rest = Math.floor(rest / 256)) width++;
  return width;
}
