import type { StockType } from "../../domain/stock.ts";
import { quantityText } from "../documents/quantities.ts";
import { BOOKED_BY, CLIENT, type SapRow, sapDate, sapTime } from "../documents/sap-tables.ts";
import type { Material } from "./materials.ts";

/** What a goods movement belongs to; all of it as SAP writes it. */
export type MovementReference = Partial<
  Record<
    | "EBELN"
    | "EBELP"
    | "AUFNR"
    | "KDAUF"
    | "KDPOS"
    | "VBELN_IM"
    | "VBELP_IM"
    | "LIFNR"
    | "KUNNR"
    | "SMBLN"
    | "SMBLP"
    | "SJAHR"
    | "UMWRK"
    | "UMLGO",
    string
  >
>;

/** One line of a material document. `quantity` is in thousandths and positive: `adds` says which way it goes. */
export type MovementLine = {
  type: string;
  material: Material;
  site: string;
  location: string;
  stockType: StockType;
  adds: boolean;
  quantity: number;
  isAutomatic?: boolean;
  reference?: MovementReference;
};

/** LBBSA_SID and INSMK of the kinds of stock. */
const STOCK_TYPE_CODES: Record<StockType, { LBBSA_SID: string; INSMK: string }> = {
  unrestricted: { LBBSA_SID: "01", INSMK: "" },
  qualityInspection: { LBBSA_SID: "02", INSMK: "X" },
  inTransit: { LBBSA_SID: "06", INSMK: "" },
  blocked: { LBBSA_SID: "07", INSMK: "S" },
};

const REFERENCES = [
  "LIFNR",
  "KUNNR",
  "EBELN",
  "EBELP",
  "AUFNR",
  "KDAUF",
  "KDPOS",
  "VBELN_IM",
  "VBELP_IM",
  "UMWRK",
  "UMLGO",
  "SMBLN",
  "SMBLP",
  "SJAHR",
] as const;

/** The row of MATDOC. Only those of record type `MDOC` are movements. */
export function movementRow(
  line: MovementLine,
  place: { document: string; index: number; postedMs: number; recordType?: string },
): SapRow {
  const { material, location, quantity, reference = {} } = line;
  const amount = quantityText(quantity);
  const date = sapDate(place.postedMs);
  return {
    MANDT: CLIENT,
    MBLNR: place.document,
    MJAHR: date.slice(0, 4),
    ZEILE: String(place.index + 1).padStart(4, "0"),
    RECORD_TYPE: place.recordType ?? "MDOC",
    HEADER_COUNTER: "1",
    BWART: line.type,
    XAUTO: line.isAutomatic ? "X" : "",
    MATNR: material.number,
    MATBF: material.number,
    WERKS: line.site,
    LGORT: location,
    LGORT_SID: location,
    ...STOCK_TYPE_CODES[line.stockType],
    SHKZG: line.adds ? "S" : "H",
    MENGE: amount,
    MEINS: material.unit,
    ERFMG: amount,
    ERFME: material.unit,
    STOCK_QTY: line.adds ? amount : `-${amount}`,
    ...Object.fromEntries(REFERENCES.map((name) => [name, reference[name] ?? ""])),
    UMMAT: "",
    BUDAT: date,
    BLDAT: date,
    CPUDT: date,
    CPUTM: sapTime(place.postedMs),
    USNAM: BOOKED_BY,
  };
}
