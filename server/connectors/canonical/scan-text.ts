/** Bytes of JSON, by name. */
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const LAST_PLAIN = 0x7e;

export const NOT_PLAIN = -1;

/** The first position at or after `at` that is not white space of JSON. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  for (let to = at; ; to++) {
    const byte = bytes[to]!;
    // The usual case first: this is asked five times a field, and nearly always there is no space.
    if (byte > SPACE) return to;
    if (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return to;
  }
}

/**
 * `at` stands behind an opening quote. Returns the position of the closing one, or `NOT_PLAIN` when the text holds
 * anything but printable ASCII: an escape and other alphabets are left to the JSON parser.
 */
export function endOfPlainText(bytes: Uint8Array, at: number): number {
  for (let to = at; ; to++) {
    const byte = bytes[to];
    if (byte === QUOTE) return to;
    // The end of the bytes reads as undefined, which no comparison accepts.
    if (!(byte! >= SPACE && byte! <= LAST_PLAIN) || byte === BACKSLASH) return NOT_PLAIN;
  }
}

export function startsWith(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}
