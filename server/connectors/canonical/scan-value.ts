import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  NOT_PLAIN,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipSpace,
  startsWith,
} from "./scan-text.ts";

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const DEPTH_MAX = 16;
const ESCAPED = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)));
const WORDS = ["true", "false", "null"].map((word) => Buffer.from(word));

/**
 * Position behind the JSON value at `at`, or `NOT_PLAIN` when it is not valid or nested too deeply. It accepts only what
 * JSON.parse accepts: a reading with fields that nobody knows is still read the fast way.
 */
export function skipValue(bytes: Uint8Array, at: number, depth = 0): number {
  const byte = bytes[at]!;
  if (byte === QUOTE) return skipText(bytes, at + 1);
  if (byte === OPEN_BRACE) return depth < DEPTH_MAX ? skipObject(bytes, at + 1, depth + 1) : NOT_PLAIN;
  if (byte === OPEN_BRACKET) return depth < DEPTH_MAX ? skipArray(bytes, at + 1, depth + 1) : NOT_PLAIN;
  for (const word of WORDS) if (startsWith(bytes, at, word)) return at + word.length;
  return skipNumber(bytes, at);
}

/** `at` stands behind the opening quote; the answer behind the closing one. */
function skipText(bytes: Uint8Array, at: number): number {
  for (let to = at; ; to++) {
    const byte = bytes[to]!;
    if (byte === QUOTE) return to + 1;
    if (!(byte >= 0x20)) return NOT_PLAIN; // a control character, or the end of the bytes
    if (byte !== BACKSLASH) continue;
    to += 1;
    if (bytes[to] === LETTER_U) {
      for (let index = 1; index <= 4; index++) if (!isHexDigit(bytes[to + index]!)) return NOT_PLAIN;
      to += 4;
    } else if (!ESCAPED.has(bytes[to]!)) return NOT_PLAIN;
  }
}

function skipObject(bytes: Uint8Array, at: number, depth: number): number {
  let to = skipSpace(bytes, at);
  if (bytes[to] === CLOSE_BRACE) return to + 1;
  for (;;) {
    if (bytes[to] !== QUOTE) return NOT_PLAIN;
    to = skipText(bytes, to + 1);
    if (to === NOT_PLAIN) return NOT_PLAIN;
    to = skipSpace(bytes, to);
    if (bytes[to] !== COLON) return NOT_PLAIN;
    to = skipValue(bytes, skipSpace(bytes, to + 1), depth);
    if (to === NOT_PLAIN) return NOT_PLAIN;
    to = skipSpace(bytes, to);
    if (bytes[to] === CLOSE_BRACE) return to + 1;
    if (bytes[to] !== COMMA) return NOT_PLAIN;
    to = skipSpace(bytes, to + 1);
  }
}

function skipArray(bytes: Uint8Array, at: number, depth: number): number {
  let to = skipSpace(bytes, at);
  if (bytes[to] === CLOSE_BRACKET) return to + 1;
  for (;;) {
    to = skipValue(bytes, to, depth);
    if (to === NOT_PLAIN) return NOT_PLAIN;
    to = skipSpace(bytes, to);
    if (bytes[to] === CLOSE_BRACKET) return to + 1;
    if (bytes[to] !== COMMA) return NOT_PLAIN;
    to = skipSpace(bytes, to + 1);
  }
}

function skipNumber(bytes: Uint8Array, at: number): number {
  let to = bytes[at] === 0x2d ? at + 1 : at;
  const start = to;
  to = skipDigits(bytes, to);
  if (to === start || (to > start + 1 && bytes[start] === 0x30)) return NOT_PLAIN;
  if (bytes[to] === 0x2e) {
    const decimals = to + 1;
    to = skipDigits(bytes, decimals);
    if (to === decimals) return NOT_PLAIN;
  }
  if (bytes[to] === 0x65 || bytes[to] === 0x45) {
    const hasSign = bytes[to + 1] === 0x2b || bytes[to + 1] === 0x2d;
    const exponent = hasSign ? to + 2 : to + 1;
    to = skipDigits(bytes, exponent);
    if (to === exponent) return NOT_PLAIN;
  }
  return to;
}

function skipDigits(bytes: Uint8Array, at: number): number {
  let to = at;
  while (bytes[to]! >= 0x30 && bytes[to]! <= 0x39) to += 1;
  return to;
}

const isHexDigit = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
