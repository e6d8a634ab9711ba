import Big from "big.js";
import fc from "fast-check";
import { type Change, type Operation, rowName } from "../domain/change.ts";
import { type ChangeImage, mergeChange } from "../domain/change-image.ts";
import { type SourceRow, toSourceRow } from "../domain/source-row.ts";
import { STOCK_TYPES } from "../domain/stock.ts";
import { sapChange } from "./orders-testing.ts";
import { type LedgerMovement, type LedgerSum, placeName } from "./stock-levels.ts";
import { claimOf } from "./stock-movements.ts";

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  MATNR: ["104711", "000000000000104711", "PUMP-1"],
  WERKS: ["1010", "2020"],
  LGORT_SID: ["0001", "0002", ""],
  LBBSA_SID: ["01", "01", "02", "06", "07", ""],
  SHKZG: ["S", "H"],
  MENGE: ["10.000", "2.5", "0.001", "7", "1.5-", "nonsense"],
  MEINS: ["EA", "EA", "EA", "KG"],
  BUDAT: ["20260819", "20260701", "20260101"],
  CPUTM: ["143001", "080000"],
  BWART: ["101", "261", "311", "601"],
};

const aKey = fc.record({
  MBLNR: fc.constantFrom("5000000001", "5000000002"),
  MJAHR: fc.constant("2026"),
  ZEILE: fc.constantFrom("0001", "0002"),
});
const someFields = (least: number) =>
  fc
    .tuple(...Object.values(FIELDS).map((values) => fc.constantFrom(...values)))
    .chain((values) =>
      fc.subarray(
        Object.keys(FIELDS).map((name, at) => [name, values[at]!] as const),
        { minLength: least },
      ),
    )
    .map((entries): Record<string, string> => Object.fromEntries(entries));

const aMovementChange = fc.oneof(
  ...(["create", "update", "delete"] as const).map((operation) =>
    fc.record({
      operation: fc.constant<Operation>(operation),
      entity: fc.constantFrom("MATDOC", "MATDOC", "MSEG"),
      key: aKey,
      recordType: fc.constantFrom("MDOC", "MDOC", "MDOC", "MDOC_CP"),
      fields: someFields(operation === "create" ? Object.keys(FIELDS).length : 0),
    }),
  ),
);

/** Changes of a few material document lines, told by two tables, each at a position of its own. */
export const movementChanges = fc.array(aMovementChange, { minLength: 1, maxLength: 16 }).map((list) =>
  list.map(({ operation, entity, key, recordType, fields }, n) => {
    const type: Record<string, string> = entity === "MATDOC" ? { RECORD_TYPE: recordType } : {};
    return sapChange(n + 1, entity, operation, { ...key, ...type, ...fields });
  }),
);

/** The same changes in any order, some again, in any portions. */
export const inPortions = (changes: readonly Change[]) =>
  fc
    .shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2, maxLength: changes.length * 2 })
    .chain((arrivals) =>
      fc
        .array(fc.integer({ min: 1, max: 7 }), { minLength: arrivals.length, maxLength: arrivals.length })
        .map((sizes) => {
          const chunks: Change[][] = [];
          let at = 0;
          for (const size of sizes) {
            if (at < arrivals.length) chunks.push(arrivals.slice(at, at + size));
            at += size;
          }
          return chunks;
        }),
    );

export function rowsAfter(changes: readonly Change[]): SourceRow[] {
  const images = new Map<string, { change: Change; image: ChangeImage }>();
  for (const change of changes) {
    const { image } = mergeChange(images.get(rowName(change))?.image ?? null, change);
    images.set(rowName(change), { change, image });
  }
  return [...images.values()].map(({ change, image }) => toSourceRow(change, image));
}

/** What the rows mean, said in the plainest way: every line once, then the sums of all lines of the earliest's unit. */
export function plainStock(rows: readonly SourceRow[]) {
  const ledger = new Map<string, LedgerMovement>();
  for (const entity of ["MSEG", "MATDOC"]) {
    for (const row of rows.filter((each) => each.entity === entity)) {
      const claim = claimOf(row);
      if (claim?.movement) ledger.set(claim.id, { ...claim.movement, source: claim.source });
    }
  }
  const byPlace = new Map<string, LedgerMovement[]>();
  for (const movement of ledger.values())
    byPlace.set(placeName(movement), [...(byPlace.get(placeName(movement)) ?? []), movement]);
  return { ledger, levels: new Map([...byPlace].map(([name, movements]) => [name, plainSum(movements)])) };
}

function plainSum(movements: readonly LedgerMovement[]) {
  const [first] = [...movements].sort((a, b) => a.postedAtMs - b.postedAtMs || (a.id < b.id ? -1 : 1));
  const counted = movements.filter(({ unit }) => unit === first!.unit);
  return {
    unit: first!.unit,
    movements: counted.length,
    leftOut: movements.length - counted.length,
    lastMovementAtMs: Math.max(...counted.map(({ postedAtMs }) => postedAtMs)),
    quantities: Object.fromEntries(
      STOCK_TYPES.map((type) => {
        const own = counted.filter(({ stockType }) => stockType === type);
        return [type, own.reduce((sum, { quantity }) => sum.plus(quantity), new Big(0)).toFixed()];
      }),
    ),
  };
}

/** A sum as the plain one says it. */
export const plainly = ({ unit, movements, leftOut, lastMovementAtMs, quantities }: LedgerSum) => ({
  ...{ unit, movements, leftOut, lastMovementAtMs },
  quantities: Object.fromEntries(Object.entries(quantities).map(([type, sum]) => [type, new Big(sum).toFixed()])),
});
