import Big from "big.js";
import { factRecord } from "../domain/business-object.ts";
import type { Day, Money, RowFact } from "../domain/sales-order.ts";
import type { LocalTime } from "../domain/shipment.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { sourceTimeMs } from "../domain/source-time.ts";

/** Reading the fields of source rows. Nothing here throws: what cannot be read is `null`, like what is not there. */

/** A field without the blanks around it; `null` when nothing is left. */
export function text(row: SourceRow, field: string): string | null {
  const value = Object.hasOwn(row.fields, field) ? row.fields[field] : null;
  const found = typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
  return found === "" ? null : found;
}

/** SAP's flags are `X` or blank. */
export const isFlagged = (row: SourceRow, field: string): boolean => text(row, field) === "X";

/** The rows of one entity (`VBAP`), sorted by key: a fold must not see the order they came in. */
export function rowsOf(rows: readonly SourceRow[], entity: string): SourceRow[] {
  return rows.filter((row) => row.entity === entity).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * The row that speaks for an object where its key was written in more than one way: one that is there before one that
 * was deleted, then the newest record.
 */
export function newestOf(rows: readonly SourceRow[]): SourceRow | null {
  const rank = (row: SourceRow): [number, number, string] => [row.deleted ? 0 : 1, row.record.timestampMs, row.key];
  return rows.reduce<SourceRow | null>((best, row) => (best && !isAfter(rank(row), rank(best)) ? best : row), null);
}

function isAfter(a: readonly (number | string)[], b: readonly (number | string)[]): boolean {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && a[at]! > b[at]!;
}

/** Without leading zeros, if it is all digits: `0080012345` -> `80012345`, `A0001` stays. */
export function unpad(value: string): string {
  return /^\d+$/.test(value) ? value.replace(/^0+(?=\d)/, "") : value;
}

const NUMBER_LENGTH = 10;
const MATERIAL_LENGTH = 18;

/** SAP's internal form of a document's or partner's number: all digits are padded to ten. */
export const padNumber = (value: string): string => pad(value, NUMBER_LENGTH);

/** MATNR in its internal form: all digits are padded to 18, also where a longer field was filled with zeros. */
export const padMaterial = (value: string): string => pad(value, MATERIAL_LENGTH);

const pad = (value: string, length: number): string =>
  /^\d+$/.test(value) ? unpad(value).padStart(length, "0") : value;

/** `sap:<client>:<number>` with the number in its internal form. */
export const sapId = (client: string, number: string): string => `sap:${client}:${padNumber(number)}`;

/** The id a field refers to (`KUNNR`, `VGBEL`), in the client of its row. */
export function sapRef(row: SourceRow, field: string): string | null {
  const client = text(row, "MANDT");
  const number = text(row, field);
  return client === null || number === null || /^0+$/.test(number) ? null : sapId(client, number);
}

/** A site as its id: a plant (`WERKS`), or a partner's number without leading zeros. */
export function siteOf(row: SourceRow, field: string): string | null {
  const value = text(row, field);
  return value === null ? null : unpad(value);
}

export function material(row: SourceRow, field = "MATNR"): string | null {
  const value = text(row, field);
  return value === null ? null : padMaterial(value);
}

/** SAP's `YYYYMMDD` as a day. Initial (`00000000`, blank), open-ended (`99991231`) and impossible ones are `null`. */
export function sapDay(row: SourceRow, field: string): Day | null {
  const digits = /^(\d{4})(\d\d)(\d\d)$/.exec(text(row, field) ?? "");
  if (!digits || digits[0] === "99991231" || digits[0] === "00000000") return null;
  const day = `${digits[1]}-${digits[2]}-${digits[3]}`;
  // The 31st of a shorter month would be read as a day of the next one.
  return new Date(`${day}T00:00:00Z`).getUTCDate() === Number(digits[3]) ? day : null;
}

/** A day with its time (`HHMMSS`, midnight where there is none). `240000` is the midnight that ends the day. */
export function sapLocalTime(row: SourceRow, dayField: string, timeField: string): LocalTime | null {
  const day = sapDay(row, dayField);
  if (day === null) return null;
  const [, hours, minutes, seconds] = /^(\d\d)(\d\d)(\d\d)$/.exec(text(row, timeField) ?? "") ?? ["", "00", "00", "00"];
  if (hours === "24") return `${dayAfter(day)}T00:00:00`;
  const isTime = hours! < "24" && minutes! < "60" && seconds! < "60";
  return isTime ? `${day}T${hours}:${minutes}:${seconds}` : `${day}T00:00:00`;
}

const dayAfter = (day: Day): Day => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

const PLAIN = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?(-?)$/;
const WITH_COMMA = /^([+-]?)(\d{1,3}(?:\.\d{3})*|\d+),(\d+)(-?)$/;
/** Most numbers are sent as they are shown: those need not be calculated with. */
const AS_SHOWN = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DECIMAL_LENGTH_MAX = 60;

/** A number as decimal text, with the places it was sent with. Knows the trailing minus and the decimal comma. */
export function decimal(row: SourceRow, field: string): string | null {
  const sent = (text(row, field) ?? "").replaceAll(" ", "");
  if (sent.length > DECIMAL_LENGTH_MAX) return null;
  if (AS_SHOWN.test(sent)) return sent;
  const [, sign, whole, places, minus] = WITH_COMMA.exec(sent) ?? [];
  const plain = PLAIN.exec(whole === undefined ? sent : `${sign}${whole.replaceAll(".", "")}.${places}${minus}`);
  if (!plain) return null;
  const digits = plain[2]!.replace(/^\./, "0.").replace(/\.$/, "");
  const size = new Big(`${digits}${plain[3] ?? ""}`);
  const shown = size.toFixed(plain[3] ? undefined : (digits.split(".")[1]?.length ?? 0));
  const isNegative = (plain[1] === "-") !== (plain[4] === "-");
  return isNegative && !size.eq(0) ? `-${shown}` : shown;
}

/** Currencies with other places than two, as TCURX lists them. SAP stores every amount as if it had two. */
const CURRENCY_PLACES: Readonly<Record<string, number>> = {
  ...{ JPY: 0, KRW: 0, VND: 0, CLP: 0 },
  ...{ KWD: 3, BHD: 3, TND: 3, OMR: 3, JOD: 3 },
};
const PLACES_STORED = 2;

export const currencyPlaces = (currency: string): number =>
  Object.hasOwn(CURRENCY_PLACES, currency) ? CURRENCY_PLACES[currency]! : PLACES_STORED;

/** An amount of SAP in its currency's own places: stored 1.00 JPY are 100. `null` without a currency. */
export function sapMoney(row: SourceRow, amountField: string, currencyField: string): Money | null {
  const stored = decimal(row, amountField);
  const currency = text(row, currencyField);
  if (stored === null || currency === null) return null;
  const places = currencyPlaces(currency);
  const factor = new Big(10).pow(PLACES_STORED - places);
  return { amount: new Big(stored).times(factor).toFixed(places), currency };
}

/** What a field says happened, at the source's own time of the change that brought it to its value. */
export function rowFact(row: SourceRow, field: string, day: Day | null): RowFact {
  const since = row.since && Object.hasOwn(row.since, field) ? row.since[field]! : null;
  const position = since?.position ?? (Object.hasOwn(row.positions, field) ? row.positions[field]! : "");
  const record = since?.record ?? row.record;
  return { day, atMs: sourceTimeMs(row.system, position) ?? record.timestampMs, record: factRecord(record) };
}
