import type { StockType } from "../../domain/stock.ts";
import { type Books, type SapRecord, sapRecord } from "../documents/books.ts";
import { createNumberRange } from "../documents/number-range.ts";
import { quantityText } from "../documents/quantities.ts";
import { CLIENT, type SapRow } from "../documents/sap-tables.ts";
import type { Material } from "./materials.ts";
import { type MovementLine, movementRow } from "./movements.ts";

/** Stock at one place as all movements told so far make it, in thousandths. */
export type StockPlace = {
  material: Material;
  site: string;
  location: string;
  quantities: Record<StockType, number>;
  movements: number;
  /** MARD, where a source of the older kind sends it too; `apartBy` is what it says too much. */
  snapshot: { record: SapRecord; apartBy: number } | null;
};

export type Ledger = ReturnType<typeof createLedger>;

const DOCUMENTS_FROM = 1_250_000_000;

/** Posts goods movements: tells the document and keeps the sum of every place. */
export function createLedger(deps: { books: Books }) {
  const { books } = deps;
  const takeDocument = createNumberRange(DOCUMENTS_FROM);
  const places = new Map<string, StockPlace>();
  let lastDocument: string | null = null;

  function placeOf(material: Material, site: string, location: string): StockPlace {
    const name = `${material.number}|${site}|${location}`;
    const known = places.get(name);
    if (known) return known;
    const quantities = { unrestricted: 0, qualityInspection: 0, blocked: 0, inTransit: 0 };
    const place: StockPlace = { material, site, location, quantities, movements: 0, snapshot: null };
    places.set(name, place);
    return place;
  }

  /** A document of now. Answers its number. */
  function post(lines: readonly MovementLine[], timeMs: number): string {
    const document = takeDocument(timeMs);
    const records = lines.map((line, index) =>
      sapRecord("MATDOC", movementRow(line, { document, index, postedMs: timeMs })),
    );
    books.insert(records, timeMs);
    for (const line of lines) count(line, timeMs);
    lastDocument = document;
    return document;
  }

  /** A document from before the log began, told now. */
  function load(lines: readonly MovementLine[], document: string, postedMs: number, timeMs: number): void {
    const records = lines.map((line, index) => sapRecord("MATDOC", movementRow(line, { document, index, postedMs })));
    books.load(records, timeMs);
    for (const line of lines) count(line, timeMs);
  }

  /** Beside the movements the table has rows of other kinds, which move nothing: some stand under a movement's number. */
  function note(line: MovementLine, recordType: string, timeMs: number): void {
    const document = recordType === "MDOC_CP" && lastDocument !== null ? lastDocument : takeDocument(timeMs);
    const row = movementRow(line, { document, index: 0, postedMs: timeMs, recordType });
    books.insert([sapRecord("MATDOC", row)], timeMs);
  }

  function count({ material, site, location, stockType, adds, quantity }: MovementLine, timeMs: number): void {
    const place = placeOf(material, site, location);
    place.quantities[stockType] += adds ? quantity : -quantity;
    place.movements += 1;
    if (place.snapshot && stockType !== "inTransit") {
      const set = snapshotFields(place)[COLUMNS[stockType]]!;
      books.update(place.snapshot.record, { [COLUMNS[stockType]]: set }, timeMs);
    }
  }

  /** From now on MARD is told for this place too. */
  function track(place: StockPlace, apartBy: number, timeMs: number): void {
    const { material, site, location } = place;
    const key = { MANDT: CLIENT, MATNR: material.number, WERKS: site, LGORT: location };
    place.snapshot = { record: sapRecord("MARD", {}), apartBy };
    place.snapshot.record.row = { ...key, ...snapshotFields(place) };
    books.load([place.snapshot.record], timeMs);
  }

  const unrestricted = (material: Material, site: string, location: string): number =>
    placeOf(material, site, location).quantities.unrestricted;

  return {
    post,
    load,
    note,
    track,
    placeOf,
    unrestricted,
    takeDocument,
    places: (): Iterable<StockPlace> => places.values(),
  };
}

const COLUMNS = { unrestricted: "LABST", qualityInspection: "INSME", blocked: "SPEME" } as const;

function snapshotFields({ quantities, snapshot }: StockPlace): SapRow {
  return {
    LABST: quantityText(quantities.unrestricted + (snapshot?.apartBy ?? 0)),
    INSME: quantityText(quantities.qualityInspection),
    SPEME: quantityText(quantities.blocked),
    UMLME: "0.000",
    EINME: "0.000",
    RETME: "0.000",
  };
}
