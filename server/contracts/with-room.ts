type Column = Int32Array | Float64Array | Uint8Array;

const CAPACITY_MIN = 1024;

/** The column itself when `count` values have room in it, else a larger one that begins with the same values. */
export function withRoom<Kept extends Column>(column: Kept, count: number): Kept {
  if (count <= column.length) return column;
  const Kind = column.constructor as new (length: number) => Kept;
  const larger = new Kind(Math.max(CAPACITY_MIN, 2 ** Math.ceil(Math.log2(count))));
  larger.set(column);
  return larger;
}
