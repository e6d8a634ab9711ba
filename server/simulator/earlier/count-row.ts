import { BOOKED_BY, type SapRow, sapDate, sapTime } from "../documents/sap-tables.ts";
import type { MovedStock } from "./earlier-books.ts";

/** BWART of a difference that was found by counting, by kind of stock: less there than in the books, and more. */
const COUNT_TYPES: Readonly<Record<string, readonly [less: string, more: string]>> = {
  "01": ["702", "701"],
  "02": ["704", "703"],
  "06": ["557", "558"],
  "07": ["708", "707"],
};

/** A movement that takes back what was moved at a place, as a count of the stock there posts it. */
export function countRow({ row, quantity }: MovedStock, document: string, timeMs: number): SapRow {
  const isLess = !quantity.startsWith("-");
  const amount = quantity.replace("-", "");
  const date = sapDate(timeMs);
  const [less, more] = COUNT_TYPES[row.LBBSA_SID ?? ""] ?? COUNT_TYPES["01"]!;
  const { MANDT, RECORD_TYPE, MATNR, MATBF, WERKS, LGORT, LGORT_SID, LBBSA_SID, INSMK, MEINS, ERFME } = row;
  const place = { MANDT, RECORD_TYPE, MATNR, MATBF, WERKS, LGORT, LGORT_SID, LBBSA_SID, INSMK, MEINS, ERFME };
  return {
    ...(place as SapRow),
    ...{ MBLNR: document, MJAHR: date.slice(0, 4), ZEILE: "0001", HEADER_COUNTER: "1" },
    ...{ BWART: isLess ? less : more, XAUTO: "", SHKZG: isLess ? "H" : "S" },
    ...{ MENGE: amount, ERFMG: amount, STOCK_QTY: isLess ? `-${amount}` : amount },
    ...{ BUDAT: date, BLDAT: date, CPUDT: date, CPUTM: sapTime(timeMs), USNAM: BOOKED_BY },
  };
}
