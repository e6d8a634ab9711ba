const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
/** Up to here mantissa and power of ten are exact, so that one division rounds as JSON.parse does. */
const DIGITS_MAX = 15;
const POWERS_OF_TEN = Float64Array.from({ length: DIGITS_MAX + 1 }, (_, exponent) => 10 ** exponent);

/** Position behind the number that `scanNumber` read last. A second result without an object for it. */
export let numberEnd = 0;

/**
 * The number of JSON that begins at `at`, or NaN when it is not a plain one: an exponent, more than 15 digits, or what
 * is no number at all is left to the JSON parser.
 */
export function scanNumber(bytes: Uint8Array, at: number): number {
  const isNegative = bytes[at] === MINUS;
  const start = isNegative ? at + 1 : at;
  let to = start;
  let mantissa = 0;
  let byte = bytes[to]!;
  for (; byte >= ZERO && byte <= NINE; byte = bytes[++to]!) mantissa = mantissa * 10 + (byte - ZERO);
  let digits = to - start;
  if (digits === 0 || (digits > 1 && bytes[start] === ZERO)) return Number.NaN;

  let decimals = 0;
  if (byte === POINT) {
    const point = to;
    byte = bytes[++to]!;
    for (; byte >= ZERO && byte <= NINE; byte = bytes[++to]!) mantissa = mantissa * 10 + (byte - ZERO);
    decimals = to - point - 1;
    if (decimals === 0) return Number.NaN;
    digits += decimals;
  }
  if (digits > DIGITS_MAX) return Number.NaN;
  // What follows must end the number: an exponent, a letter or a second point shows itself to the caller as no separator.
  numberEnd = to;
  return (isNegative ? -mantissa : mantissa) / POWERS_OF_TEN[decimals]!;
}
