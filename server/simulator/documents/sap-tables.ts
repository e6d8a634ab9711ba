/** The columns this world fills, in the order of their ordinals; key columns first. */
export const SAP_TABLES = {
  LIKP: {
    topic: "sap.LIKP",
    key: ["MANDT", "VBELN"],
    columns:
      "MANDT VBELN ERNAM ERZET ERDAT VSTEL VKORG LFART WADAT LDDAT TDDAT LFDAT KODAT BTGEW NTGEW GEWEI VOLUM VOLEH " +
      "ANZPK ROUTE LPRIO KUNNR KUNAG INCO1 BOLNR TRATY TRAID VBTYP WADAT_IST PODAT POTIM KOSTK WBSTK SPE_LOEKZ",
  },
  LIPS: {
    topic: "sap.LIPS",
    key: ["MANDT", "VBELN", "POSNR"],
    columns: "MANDT VBELN POSNR PSTYV ERDAT MATNR ARKTX WERKS LGORT LFIMG VRKME LGMNG MEINS VGBEL VGPOS KOSTA WBSTA",
  },
} as const;

export type SapTable = keyof typeof SAP_TABLES;
export type SapRow = Readonly<Record<string, string>>;

const ORDINALS = new Map(
  Object.entries(SAP_TABLES).map(([table, { columns }]) => [
    table,
    new Map(columns.split(" ").map((name, i) => [name, i])),
  ]),
);

export const keyOf = (table: SapTable, row: SapRow): string =>
  SAP_TABLES[table].key.map((column) => row[column]).join("|");

/** Columns as a bit mask in hexadecimal, little-endian: bit i of byte j stands for the column with ordinal 8j + i + 1. */
export function columnMask(table: SapTable, columns: readonly string[]): string {
  const ordinals = ORDINALS.get(table)!;
  const bytes = Buffer.alloc(Math.ceil(ordinals.size / 8));
  for (const column of columns) {
    const ordinal = ordinals.get(column);
    if (ordinal === undefined) throw new Error(`${table} has no column ${column}`);
    bytes[ordinal >> 3]! |= 1 << (ordinal & 7);
  }
  return bytes.toString("hex").toUpperCase();
}

/** `YYYYMMDD` and `HHMMSS`, as SAP writes dates and times; not set is all zeros. */
export const sapDate = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10).replaceAll("-", "");
export const sapTime = (timeMs: number): string => new Date(timeMs).toISOString().slice(11, 19).replaceAll(":", "");
export const NO_DATE = "00000000";
export const NO_TIME = "000000";
