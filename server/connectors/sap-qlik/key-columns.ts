/** Primary keys of the SAP tables that are read, in key order. The client (MANDT) is part of every key. */
const KEYS = {
  AUFK: "MANDT AUFNR",
  EKBE: "MANDT EBELN EBELP ZEKKN VGABE GJAHR BELNR BUZEI",
  EKET: "MANDT EBELN EBELP ETENR",
  EKKO: "MANDT EBELN",
  EKPO: "MANDT EBELN EBELP",
  KNA1: "MANDT KUNNR",
  LFA1: "MANDT LIFNR",
  LIKP: "MANDT VBELN",
  LIPS: "MANDT VBELN POSNR",
  MAKT: "MANDT MATNR SPRAS",
  MARA: "MANDT MATNR",
  MARC: "MANDT MATNR WERKS",
  MARD: "MANDT MATNR WERKS LGORT",
  // The same line stands there once a record type: complementary postings are rows of their own.
  MATDOC: "MANDT MBLNR MJAHR ZEILE RECORD_TYPE",
  MKPF: "MANDT MBLNR MJAHR",
  MSEG: "MANDT MBLNR MJAHR ZEILE",
  QMEL: "MANDT QMNUM",
  T001L: "MANDT WERKS LGORT",
  T001W: "MANDT WERKS",
  VBAK: "MANDT VBELN",
  VBAP: "MANDT VBELN POSNR",
  VBEP: "MANDT VBELN POSNR ETENR",
  VTTK: "MANDT TKNUM",
  VTTP: "MANDT TKNUM TPNUM",
  VTTS: "MANDT TKNUM TSNUM",
} as const;

const COLUMNS = new Map<string, readonly string[]>(
  Object.entries(KEYS).map(([table, columns]) => [table, columns.split(" ")]),
);

/** `undefined`: the key of this table is not known, so its rows cannot be told apart. */
export const keyColumnsOf = (table: string): readonly string[] | undefined => COLUMNS.get(table);
