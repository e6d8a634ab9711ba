/**
 * How the Kafka key of a table's records looks: the tools that fill the topics differ, and none of them is to be relied
 * on. The identity of a row is in the row.
 */
export type KeyShape = "joined" | "underscored" | "object" | "bare";

type TableSpec = { topic: string; key: readonly string[]; keyShape: KeyShape; columns: string };

const table = (name: string, keyShape: KeyShape, key: string, columns: string): TableSpec => ({
  topic: `sap.${name}`,
  key: key.split(" "),
  keyShape,
  columns: `${key} ${columns}`,
});

/** The columns this world fills, in the order of their ordinals; key columns first. */
export const SAP_TABLES = {
  LIKP: table(
    "LIKP",
    "joined",
    "MANDT VBELN",
    "ERNAM ERZET ERDAT VSTEL VKORG LFART WADAT LDDAT TDDAT LFDAT KODAT BTGEW NTGEW GEWEI VOLUM VOLEH " +
      "ANZPK ROUTE LPRIO KUNNR KUNAG INCO1 BOLNR TRATY TRAID VBTYP WADAT_IST PODAT POTIM KOSTK WBSTK SPE_LOEKZ",
  ),
  LIPS: table(
    "LIPS",
    "joined",
    "MANDT VBELN POSNR",
    "PSTYV ERDAT MATNR ARKTX WERKS LGORT LFIMG VRKME LGMNG MEINS VGBEL VGPOS VGTYP KOSTA WBSTA",
  ),
  VBAK: table(
    "VBAK",
    "object",
    "MANDT VBELN",
    "AUART VBTYP ERDAT ERZET ERNAM AUDAT VDATU VKORG VTWEG SPART KUNNR BSTNK NETWR WAERK LIFSK FAKSK VSBED AEDAT " +
      "UPD_TMSTMP GBSTK LFGSK CMGST ABSTK",
  ),
  VBAP: table(
    "VBAP",
    "joined",
    "MANDT VBELN POSNR",
    "MATNR ARKTX PSTYV KWMENG VRKME KBMENG KLMENG MEINS UMVKZ UMVKN WERKS LGORT VSTEL NETWR NETPR WAERK LPRIO ABGRU " +
      "UEBTO UNTTO",
  ),
  VBEP: table(
    "VBEP",
    "underscored",
    "MANDT VBELN POSNR ETENR",
    "ETTYP EDATU EZEIT WMENG BMENG VRKME LMENG MEINS MBDAT LDDAT WADAT LIFSP BWART",
  ),
  VTTK: table(
    "VTTK",
    "joined",
    "MANDT TKNUM",
    "SHTYP TPLST VSART ROUTE SIGNI EXTI1 TPBEZ TDLNR ERDAT STTRG STDIS STTBG STTEN DPTBG UPTBG DATBG UATBG DPTEN " +
      "UPTEN DATEN UATEN DISTZ MEDST",
  ),
  VTTP: table("VTTP", "underscored", "MANDT TKNUM TPNUM", "VBELN TPRFO ERNAM ERDAT ERZET"),
  VTTS: table(
    "VTTS",
    "object",
    "MANDT TKNUM TSNUM",
    "TSTYP TSRFO LAUFK KNOTA KNOTZ WERKA WERKZ KUNNZ DPTBG UPTBG DATBG UATBG DPTEN UPTEN DATEN UATEN DISTZ MEDST TDLNR",
  ),
  MARA: table("MARA", "bare", "MANDT MATNR", "ERSDA MTART MBRSH MATKL MEINS BRGEW NTGEW GEWEI LVORM LAEDA"),
  MAKT: table("MAKT", "joined", "MANDT MATNR SPRAS", "MAKTX MAKTG"),
  MARC: table(
    "MARC",
    "underscored",
    "MANDT MATNR WERKS",
    "DISPO DISMM DISLS PLIFZ WEBAZ EISBE MINBE MABST BSTMI BESKZ MMSTA LVORM",
  ),
  MARD: table("MARD", "bare", "MANDT MATNR WERKS LGORT", "LABST INSME SPEME UMLME EINME RETME"),
  MATDOC: table(
    "MATDOC",
    "object",
    "MANDT MBLNR MJAHR ZEILE RECORD_TYPE",
    "HEADER_COUNTER BWART XAUTO MATNR MATBF WERKS LGORT LGORT_SID INSMK SHKZG LBBSA_SID MENGE MEINS ERFMG " +
      "ERFME STOCK_QTY LIFNR KUNNR EBELN EBELP AUFNR KDAUF KDPOS VBELN_IM VBELP_IM UMMAT UMWRK UMLGO SMBLN SMBLP SJAHR " +
      "BUDAT BLDAT CPUDT CPUTM USNAM",
  ),
  EKKO: table(
    "EKKO",
    "joined",
    "MANDT EBELN",
    "BUKRS BSTYP BSART LOEKZ AEDAT ERNAM LIFNR RESWK EKORG EKGRP WAERS BEDAT",
  ),
  EKPO: table(
    "EKPO",
    "joined",
    "MANDT EBELN EBELP",
    "LOEKZ TXZ01 MATNR WERKS LGORT MENGE MEINS NETPR PEINH NETWR ELIKZ PSTYP UEBTO UNTTO",
  ),
  EKET: table("EKET", "object", "MANDT EBELN EBELP ETENR", "EINDT SLFDT UZEIT MENGE WEMNG WAMNG"),
  KNA1: table("KNA1", "bare", "MANDT KUNNR", "LAND1 NAME1 ORT01 PSTLZ REGIO STRAS TELF1 KTOKD AUFSD LIFSD LOEVM ERDAT"),
} as const;

export type SapTable = keyof typeof SAP_TABLES;
export type SapRow = Readonly<Record<string, string>>;

/** Every row is of this client. */
export const CLIENT = "100";
/** Whoever looks at a document sees that this world made it. */
export const BOOKED_BY = "WHBATCH";

const ORDINALS = new Map(
  Object.entries(SAP_TABLES).map(([name, { columns }]) => [
    name,
    new Map(columns.split(" ").map((name, i) => [name, i])),
  ]),
);

export const keyOf = (table: SapTable, row: SapRow): string =>
  SAP_TABLES[table].key.map((column) => row[column]).join("|");

/** `bare` leaves the client out, as some do. */
export function kafkaKeyOf(table: SapTable, row: SapRow): string {
  const { key, keyShape } = SAP_TABLES[table];
  const values = key.map((column) => row[column]!);
  switch (keyShape) {
    case "joined":
      return values.join("|");
    case "underscored":
      return values.join("_");
    case "bare":
      return values.slice(1).join("");
    case "object":
      return JSON.stringify(Object.fromEntries(key.map((column, index) => [column, values[index]])));
  }
}

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

/** `YYYY-MM-DD` of a SAP date; `null` where none is set. */
export const dayOf = (date: string): string | null =>
  date === NO_DATE || date === "" ? null : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;

/** A key of digits is padded to its length with zeros, any other is kept as it is. */
export const padded = (key: string, length: number): string => (/^\d+$/.test(key) ? key.padStart(length, "0") : key);
/** As people write it. */
export const unpadded = (key: string): string => (/^\d+$/.test(key) ? key.replace(/^0+(?=\d)/, "") : key);

/** Item numbers go in tens: `000010`. */
export const itemNumber = (index: number, length = 6): string => String((index + 1) * 10).padStart(length, "0");
