import Big from "big.js";
import { BOOKED_BY, type SapRow } from "../documents/sap-tables.ts";
import { isOpeningDocument } from "../stock/opening.ts";
import { type LoggedRecord, type ToldChange, toldChanges } from "./told-change.ts";

/** What has to be known of a row to see whether its document is still open, and to close it. */
const FIELDS: Readonly<Record<string, string>> = {
  VBAK: "MANDT VBELN ERNAM GBSTK",
  VBAP: "MANDT VBELN POSNR ABGRU",
  LIKP: "MANDT VBELN ERNAM WADAT_IST PODAT SPE_LOEKZ",
  LIPS: "MANDT VBELN POSNR VGBEL",
  VTTK: "MANDT TKNUM STTBG STTEN",
  VTTP: "MANDT TKNUM TPNUM ERNAM",
  VTTS: "MANDT TKNUM TSNUM",
  EKKO: "MANDT EBELN ERNAM",
  EKPO: "MANDT EBELN EBELP LOEKZ ELIKZ",
  Order: "OwnerId PoNumber Status",
};
const WANTED = new Map(Object.entries(FIELDS).map(([entity, names]) => [entity, names.split(" ")]));
const MOVEMENTS = "MATDOC";
export const MOVEMENTS_TOPIC = `sap.${MOVEMENTS}`;

/** The topics that tell of documents and goods. */
export const EARLIER_TOPICS: readonly string[] = [
  ...Object.keys(FIELDS).map((entity) => (entity === "Order" ? "salesforce.OrderChangeEvent" : `sap.${entity}`)),
  MOVEMENTS_TOPIC,
];

/** What was moved at one place since its opening, signed decimal text in the base unit. */
export type MovedStock = { row: SapRow; quantity: string };

type Known = { entity: string; key: string; fields: Map<string, Held>; writtenAt: string; deletedAt: string };
type Held = { value: string; position: string };

/** The books as a world that ended left them in the log: documents by row, and what its movements sum up to. */
export class EarlierBooks {
  newestMs = Number.NEGATIVE_INFINITY;
  readonly #rows = new Map<string, Known>();
  readonly #counted = new Set<string>();
  readonly #moved = new Map<string, { row: SapRow; quantity: Big }>();

  /** Records may come in any order and more than once. */
  take(record: LoggedRecord): void {
    for (const change of toldChanges(record)) {
      this.newestMs = Math.max(this.newestMs, record.timestampMs);
      if (change.entity === MOVEMENTS) this.#count(change);
      else this.#merge(change);
    }
  }

  /** Rows of a table that are there, each with the fields that are known of it. */
  rows(entity: string): SapRow[] {
    return this.#of(entity).map(({ fields }) => textOf(fields));
  }

  /** Salesforce orders that are there, by id. */
  orders(): { id: string; fields: SapRow }[] {
    return this.#of("Order").map(({ key, fields }) => ({ id: key, fields: textOf(fields) }));
  }

  moved(): MovedStock[] {
    return [...this.#moved.values()]
      .filter(({ quantity }) => !quantity.eq(0))
      .map(({ row, quantity }) => ({ row, quantity: quantity.toFixed(3) }));
  }

  #of(entity: string): Known[] {
    return [...this.#rows.values()].filter((row) => row.entity === entity && row.deletedAt <= row.writtenAt);
  }

  /** The newest of each field counts. */
  #merge({ entity, key, position, isDelete, fields }: ToldChange): void {
    const name = `${entity} ${key}`;
    const row = this.#rows.get(name) ?? { entity, key, fields: new Map(), writtenAt: "", deletedAt: "" };
    this.#rows.set(name, row);
    if (isDelete && position > row.deletedAt) row.deletedAt = position;
    if (!isDelete && position > row.writtenAt) row.writtenAt = position;
    for (const field of WANTED.get(entity) ?? []) {
      const value = fields[field];
      const held = row.fields.get(field);
      if (typeof value === "string" && (!held || position >= held.position)) row.fields.set(field, { value, position });
    }
  }

  /** The opening has the same documents in every world of a seed: told again it says nothing new. */
  #count(change: ToldChange): void {
    const row = change.fields as SapRow;
    if (row.USNAM !== BOOKED_BY || row.RECORD_TYPE !== "MDOC" || isOpeningDocument(row.MBLNR ?? "")) return;
    if (this.#counted.has(change.key)) return;
    this.#counted.add(change.key);
    const place = [row.MATNR, row.WERKS, row.LGORT, row.LBBSA_SID].join("|");
    const before = this.#moved.get(place);
    const quantity = (before?.quantity ?? new Big(0)).plus(row.STOCK_QTY ?? "0");
    this.#moved.set(place, { row: before?.row ?? row, quantity });
  }
}

const textOf = (fields: Known["fields"]): SapRow =>
  Object.fromEntries([...fields].map(([name, { value }]) => [name, value]));
