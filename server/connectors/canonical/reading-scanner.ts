import {
  CARGO_COMPARTMENTS_MAX,
  MEASURES,
  OTHER_EVENT,
  READING_EVENTS,
  VEHICLE_ID_BYTES_MAX,
} from "../../contracts/measures.ts";
import { CARGO, columnOf, POSITION_MASK, STRIDE } from "../../pipeline/telemetry/columns.ts";
import { type IdTable, idHash } from "../../pipeline/telemetry/id-table.ts";
import type { ReadingRows } from "../../pipeline/telemetry/reading-rows.ts";
import { writeContentIdentity, writeNamedIdentity } from "./reading-identity.ts";
import {
  EVENT,
  FIRST_MEASURE,
  KEY_LENGTHS,
  KEYS,
  KeyFinder,
  READING_ID,
  SCHEMA,
  SOURCE,
  TIME,
  UNKNOWN_KEY,
  VEHICLE_ID,
} from "./scan-key.ts";
import { numberEnd, scanNumber } from "./scan-number.ts";
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  endOfPlainText,
  NOT_PLAIN,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipSpace,
  startsWith,
} from "./scan-text.ts";
import { scanTime, TIME_LENGTH } from "./scan-time.ts";
import { skipValue } from "./scan-value.ts";

const MEASURE_MIN = Float64Array.from(MEASURES, ({ min }) => min);
const MEASURE_MAX = Float64Array.from(MEASURES, ({ max }) => max);
const MEASURE_SCALE = Float64Array.from(MEASURES, ({ scale }) => scale);
const MEASURE_COLUMN = Uint8Array.from(MEASURES, ({ name }) => columnOf(name));
const IGNITION = MEASURES.findIndex(({ kind }) => kind === "boolean");
const CARGO_MEASURE = MEASURES.findIndex(({ kind }) => kind === "list");

const READING_V1 = Buffer.from('"reading.v1"');
const TRUE = Buffer.from("true");
const FALSE = Buffer.from("false");
const REQUIRED = (1 << SCHEMA) | (1 << VEHICLE_ID) | (1 << TIME);

/**
 * The fast way to read a reading: straight from its bytes into the columns, decode and contract in one pass, without an
 * object. It answers only what it is sure of and gives up on the rest (escapes, exponents, what breaks the contract):
 * then the JSON way decides. What it accepts is, by test, what the JSON way accepts, with the same row.
 */
export class ReadingScanner {
  /** Fields of the last reading that the contract does not know. */
  unknownFields = 0;
  readonly #keys = new KeyFinder();
  #seen = 0;
  #mask = 0;
  #timeMs = 0;
  #event = 0;
  // Where the texts lie in the document. Made once and filled again: nothing is allocated for a reading.
  readonly #vehicle = { bytes: READING_V1 as Uint8Array, from: 0, to: 0 };
  readonly #source = { bytes: READING_V1 as Uint8Array, from: 0, to: 0 };
  readonly #reading = { bytes: READING_V1 as Uint8Array, from: 0, to: 0 };

  /** Writes the reading into row `rows.count` and returns true, or gives up and returns false. */
  scan(bytes: Buffer, latestMs: number, rows: ReadingRows, ids: IdTable): boolean {
    this.#seen = 0;
    this.#mask = 0;
    this.#event = 0;
    this.unknownFields = 0;
    let at = skipSpace(bytes, 0);
    if (bytes[at] !== OPEN_BRACE) return false;
    let key = KEYS.length;
    do {
      at = skipSpace(bytes, at + 1);
      const found = this.#keys.find(bytes, at, key);
      at = found === UNKNOWN_KEY ? this.#skipField(bytes, at) : this.#field(bytes, at, found, rows);
      if (at === NOT_PLAIN) return false;
      if (found !== UNKNOWN_KEY) key = found;
      at = skipSpace(bytes, at);
    } while (bytes[at] === COMMA);
    if (bytes[at] !== CLOSE_BRACE || skipSpace(bytes, at + 1) !== bytes.length) return false;
    return this.#isComplete(latestMs) && this.#write(bytes, rows, ids);
  }

  #isComplete(latestMs: number): boolean {
    const position = this.#mask & POSITION_MASK;
    const isPositionWhole = position === 0 || position === POSITION_MASK;
    return (this.#seen & REQUIRED) === REQUIRED && isPositionWhole && this.#timeMs <= latestMs;
  }

  #write(bytes: Buffer, rows: ReadingRows, ids: IdTable): boolean {
    const row = rows.count;
    const { from, to } = this.#vehicle;
    rows.vehicle[row] = ids.indexOf(bytes, from, to, idHash(bytes, from, to));
    rows.timeMs[row] = this.#timeMs;
    rows.mask[row] = this.#mask;
    rows.event[row] = this.#event;
    // An empty id is none: all readings of its source would be repeats of the first.
    if ((this.#seen & (1 << READING_ID)) === 0 || this.#reading.from === this.#reading.to)
      writeContentIdentity(rows, row, bytes);
    else writeNamedIdentity(rows, row, this.#seen & (1 << SOURCE) ? this.#source : null, this.#reading);
    return true;
  }

  /** A known field at `at`. Returns the position behind its value. A field that comes twice is left to the parser. */
  #field(bytes: Buffer, at: number, key: number, rows: ReadingRows): number {
    if (this.#seen & (1 << key)) return NOT_PLAIN;
    this.#seen |= 1 << key;
    const value = valueStart(bytes, at + KEY_LENGTHS[key]!);
    if (value === NOT_PLAIN) return NOT_PLAIN;
    if (key === FIRST_MEASURE + IGNITION) return this.#ignition(bytes, value, rows);
    if (key === FIRST_MEASURE + CARGO_MEASURE) return this.#cargo(bytes, value, rows);
    if (key >= FIRST_MEASURE) return this.#measure(bytes, value, key - FIRST_MEASURE, rows);
    if (key === TIME) return this.#time(bytes, value);
    if (key === SCHEMA) return startsWith(bytes, value, READING_V1) ? value + READING_V1.length : NOT_PLAIN;
    return this.#text(bytes, value, key);
  }

  /** A field nobody knows is skipped and counted. One whose name has an escape might be a known one in disguise. */
  #skipField(bytes: Buffer, at: number): number {
    if (bytes[at] !== QUOTE) return NOT_PLAIN;
    const end = endOfPlainText(bytes, at + 1);
    if (end === NOT_PLAIN) return NOT_PLAIN;
    const value = valueStart(bytes, end + 1);
    if (value === NOT_PLAIN) return NOT_PLAIN;
    this.unknownFields += 1;
    return skipValue(bytes, value);
  }

  #measure(bytes: Buffer, at: number, measure: number, rows: ReadingRows): number {
    return this.#number(bytes, at, measure, MEASURE_COLUMN[measure]!, rows) ? numberEnd : NOT_PLAIN;
  }

  #number(bytes: Buffer, at: number, measure: number, column: number, rows: ReadingRows): boolean {
    const value = scanNumber(bytes, at);
    // Written so that NaN, which is "not plain", fails as well.
    if (!(value >= MEASURE_MIN[measure]! && value <= MEASURE_MAX[measure]!)) return false;
    rows.values[rows.count * STRIDE + column] = Math.round(value * MEASURE_SCALE[measure]!);
    this.#mask |= 1 << column;
    return true;
  }

  #cargo(bytes: Buffer, at: number, rows: ReadingRows): number {
    if (bytes[at] !== OPEN_BRACKET) return NOT_PLAIN;
    let to = skipSpace(bytes, at + 1);
    if (bytes[to] === CLOSE_BRACKET) return to + 1;
    for (let compartment = 0; compartment < CARGO_COMPARTMENTS_MAX; compartment++) {
      if (!this.#number(bytes, to, CARGO_MEASURE, CARGO + compartment, rows)) return NOT_PLAIN;
      to = skipSpace(bytes, numberEnd);
      if (bytes[to] === CLOSE_BRACKET) return to + 1;
      if (bytes[to] !== COMMA) return NOT_PLAIN;
      to = skipSpace(bytes, to + 1);
    }
    return NOT_PLAIN;
  }

  #ignition(bytes: Buffer, at: number, rows: ReadingRows): number {
    const isOn = startsWith(bytes, at, TRUE);
    if (!isOn && !startsWith(bytes, at, FALSE)) return NOT_PLAIN;
    const column = MEASURE_COLUMN[IGNITION]!;
    rows.values[rows.count * STRIDE + column] = isOn ? 1 : 0;
    this.#mask |= 1 << column;
    return at + (isOn ? TRUE.length : FALSE.length);
  }

  #time(bytes: Buffer, at: number): number {
    this.#timeMs = scanTime(bytes, at + 1);
    const isQuoted = bytes[at] === QUOTE && bytes[at + 1 + TIME_LENGTH] === QUOTE;
    return this.#timeMs < 0 || !isQuoted ? NOT_PLAIN : at + TIME_LENGTH + 2;
  }

  #text(bytes: Buffer, at: number, key: number): number {
    if (bytes[at] !== QUOTE) return NOT_PLAIN;
    const from = at + 1;
    const to = endOfPlainText(bytes, from);
    if (to === NOT_PLAIN) return NOT_PLAIN;
    if (key === EVENT) {
      this.#event = eventCode(bytes.toString("latin1", from, to));
    } else {
      if (key === VEHICLE_ID && (to === from || to - from > VEHICLE_ID_BYTES_MAX)) return NOT_PLAIN;
      const text = key === VEHICLE_ID ? this.#vehicle : key === SOURCE ? this.#source : this.#reading;
      text.bytes = bytes;
      text.from = from;
      text.to = to;
    }
    return to + 1;
  }
}

/** Behind a field's name: the colon, with white space around it, and where the value begins. */
function valueStart(bytes: Uint8Array, at: number): number {
  const colon = skipSpace(bytes, at);
  return bytes[colon] === COLON ? skipSpace(bytes, colon + 1) : NOT_PLAIN;
}

export function eventCode(event: string): number {
  const code = (READING_EVENTS as readonly string[]).indexOf(event);
  return code < 0 ? OTHER_EVENT : code;
}
