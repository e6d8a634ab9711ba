import fc from "fast-check";
import { expect, test } from "vitest";
import { type Change, rowName } from "../domain/change.ts";
import { type ChangeImage, mergeChange } from "../domain/change-image.ts";
import { toSourceRow } from "../domain/source-row.ts";
import { sapChange } from "./orders-testing.ts";
import {
  addMovements,
  type LedgerMovement,
  type LedgerSum,
  partOf,
  placeName,
  placesOf,
  settleClaim,
  sumParts,
} from "./stock-levels.ts";
import { claimOf, snapshotOf } from "./stock-movements.ts";
import { inPortions, movementChanges, plainly, plainStock, rowsAfter } from "./stock-testing.ts";
import { aRow } from "./testing.ts";

/** What the changes lane does with each chunk, in memory. */
function projectStockChunks(chunks: readonly (readonly Change[])[]) {
  const images = new Map<string, ChangeImage>();
  const ledger = new Map<string, LedgerMovement>();
  const levels = new Map<string, LedgerSum>();
  for (const chunk of chunks) {
    const before = new Map(ledger);
    const touched = new Set<string>();
    for (const change of chunk) {
      images.set(rowName(change), mergeChange(images.get(rowName(change)) ?? null, change).image);
      const claim = claimOf(toSourceRow(change, images.get(rowName(change))!));
      if (!claim) continue;
      touched.add(claim.id);
      const other = images.get(rowName({ system: "sap", entity: "MSEG", key: claim.id }));
      const left = other ? claimOf(toSourceRow({ system: "sap", entity: "MSEG", key: claim.id }, other)) : null;
      const settled = settleClaim(ledger.get(claim.id) ?? null, claim) ?? (left && settleClaim(null, left));
      if (settled) ledger.set(claim.id, settled);
      else ledger.delete(claim.id);
    }
    const changes = [...touched].map((id) => ({ before: before.get(id) ?? null, after: ledger.get(id) ?? null }));
    const { gained, anew } = placesOf(
      changes.filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after)),
    );
    for (const { place, added } of gained) {
      const sum = addMovements(levels.get(placeName(place)) ?? null, added);
      if (sum) levels.set(placeName(place), sum);
      else anew.push(place);
    }
    for (const place of anew) {
      const own = [...ledger.values()].filter((movement) => placeName(movement) === placeName(place));
      const sum = sumParts(place, own.map(partOf));
      if (sum) levels.set(placeName(place), sum);
      else levels.delete(placeName(place));
    }
  }
  return { ledger, levels };
}

test("stock ends the same in any order, with repeats and in any portions: the sum of the lines there are", () => {
  fc.assert(
    fc.property(
      movementChanges.chain((changes) => fc.tuple(fc.constant(changes), inPortions(changes))),
      ([changes, chunks]) => {
        const { ledger, levels } = projectStockChunks(chunks);
        const plain = plainStock(rowsAfter(changes));
        expect(new Map([...ledger].sort())).toEqual(new Map([...plain.ledger].sort()));
        const summed = [...levels].map(([name, sum]): [string, object] => [name, plainly(sum)]);
        expect(new Map(summed)).toEqual(plain.levels);
      },
    ),
    { numRuns: 200 },
  );
});

const LINE = { MBLNR: "4900000001", MJAHR: "2026", ZEILE: "1" };
const ISSUE = {
  ...{ ...LINE, RECORD_TYPE: "MDOC", MATNR: "104711", WERKS: "1010", LGORT: "0001", MENGE: "480.000", MEINS: "EA" },
  ...{ SHKZG: "H", BWART: "601", BUDAT: "20260819", CPUTM: "143001", VBELN_IM: "80012345", KDAUF: "12345", EBELN: "" },
};
const movementOf = (fields: Record<string, unknown>, entity = "MATDOC") =>
  claimOf(aRow(entity, { MANDT: "100", ...fields }))?.movement;

test("a line of a material document is a signed movement at its place, with what it refers to", () => {
  expect(movementOf({ ...ISSUE, LBBSA_SID: "01" })).toEqual({
    ...{ id: "100|4900000001|2026|0001", client: "100", material: "000000000000104711", site: "1010" },
    ...{ storageLocation: "0001", stockType: "unrestricted", movementType: "601", document: "4900000001" },
    ...{ quantity: "-480.000", unit: "EA", postedAtMs: Date.parse("2026-08-19T14:30:01Z") },
    ...{ orderId: "sap:100:0000012345", deliveryId: "sap:100:0080012345", purchaseOrderId: null },
    record: { topic: "sap.MATDOC", partition: 0, offset: "7", timestampMs: Date.parse("2026-08-19T14:30:02Z") },
  });
});

test.each([
  [{ LBBSA_SID: "01" }, "unrestricted"],
  [{ LBBSA_SID: "02" }, "qualityInspection"],
  [{ LBBSA_SID: "07" }, "blocked"],
  [{ LBBSA_SID: "06" }, "inTransit"],
  [{ INSMK: "X" }, "qualityInspection"],
  [{ INSMK: "S" }, "blocked"],
  [{ INSMK: "" }, "unrestricted"],
  [{}, "unrestricted"],
])("the stock type is what the line says: %j is %s", (fields, stockType) => {
  expect(movementOf({ ...ISSUE, ...fields })).toMatchObject({ stockType });
});

test.each([
  ["of another record type", { RECORD_TYPE: "MDOC_CP" }],
  ["that moves no stock", { LBBSA_SID: "" }],
  ["without a direction", { SHKZG: "" }],
  ["without a quantity", { MENGE: "nonsense" }],
  ["without a plant", { WERKS: "" }],
])("a line %s is no movement", (_, fields) => {
  expect(movementOf({ ...ISSUE, ...fields })).toBeNull();
});

test("the location of the stock counts before that of the entry, and stock between places has none", () => {
  expect(movementOf({ ...ISSUE, LGORT_SID: "0002" })).toMatchObject({ storageLocation: "0002" });
  expect(movementOf({ ...ISSUE, LGORT_SID: "", LBBSA_SID: "06" })).toMatchObject({ storageLocation: "" });
});

test("a line deleted soon after it was posted is gone; one deleted long after was archived and still counts", () => {
  const of = (BUDAT: string) => claimOf(aRow("MSEG", { MANDT: "100", ...ISSUE, BUDAT }, { deleted: true }))?.movement;
  expect(of("20260819")).toBeNull();
  expect(of("20260101")).toMatchObject({ quantity: "-480.000" });
});

test("a line that both tables tell counts once, as MATDOC tells it", () => {
  const changes = [
    sapChange(1, "MSEG", "create", { ...ISSUE, ZEILE: "0001", MENGE: "5" }),
    sapChange(2, "MATDOC", "create", { ...ISSUE, ZEILE: "0001" }),
  ];
  for (const chunks of [[changes], [[changes[1]!], [changes[0]!]]]) {
    const { levels } = projectStockChunks(chunks);
    expect([...levels.values()].map(({ quantities }) => quantities.unrestricted)).toEqual(["-480.000"]);
  }
});

test("sums keep the places of the most precise movement", () => {
  const rows = ["10", "2.500", "0.5"].map((MENGE, n) => ({ ...ISSUE, MENGE, SHKZG: "S", ZEILE: String(n + 1) }));
  const sum = rows.reduce<LedgerSum | null>((level, row) => addMovements(level, [movementOf(row)!]), null);
  expect(sum?.quantities).toEqual({ unrestricted: "13.000", qualityInspection: "0", blocked: "0", inTransit: "0" });
});

test("MARD says what its place holds, until it is deleted or where it says nothing", () => {
  const figure = { MANDT: "100", MATNR: "104711", WERKS: "1010", LGORT: "0001", LABST: "480.000", SPEME: "2.000" };
  expect(snapshotOf(aRow("MARD", figure))).toMatchObject({
    ...{ client: "100", material: "000000000000104711", site: "1010", storageLocation: "0001" },
    snapshot: { quantities: { unrestricted: "480.000", qualityInspection: "0", blocked: "2.000", inTransit: "0" } },
  });
  expect(snapshotOf(aRow("MARD", figure, { deleted: true }))?.snapshot).toBeNull();
  expect(snapshotOf(aRow("MARD", { ...figure, LABST: "", SPEME: null }))?.snapshot).toBeNull();
});
