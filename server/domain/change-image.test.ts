import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change, Operation } from "./change.ts";
import { type ChangeImage, isDeleted, isStale, mergeChange } from "./change-image.ts";

const position = (n: number) => String(n).padStart(8, "0");
const aChange = (n: number, operation: Operation, fields: Record<string, unknown> = {}): Change => ({
  system: "sap",
  entity: "LIKP",
  key: "100|0080012345",
  operation,
  position: position(n),
  commitTimeMs: n,
  fields,
  record: { topic: "sap.LIKP", partition: 0, offset: BigInt(n), timestampMs: n },
});

function fold(changes: readonly Change[], start: ChangeImage | null = null) {
  let image = start;
  const moved: boolean[] = [];
  for (const change of changes) {
    const merged = mergeChange(image, change);
    image = merged.image;
    moved.push(merged.moved);
  }
  return { image: image!, moved };
}

const valuesOf = (image: ChangeImage) =>
  Object.fromEntries([...image.fields].map(([name, { value }]) => [name, value]).sort());
const seen = (image: ChangeImage) => ({
  values: valuesOf(image),
  positions: Object.fromEntries([...image.fields].map(([name, field]) => [name, field.position]).sort()),
  deleted: isDeleted(image),
  stale: isStale(image),
  position: image.position,
  record: image.record,
});

/** Changes of one row, each at a position of its own; the value of a field names the change that set it. */
const changesOfOneRow = fc
  .array(
    fc.record({
      operation: fc.constantFrom<Operation>("create", "update", "update", "update", "delete", "read", "gap"),
      names: fc.subarray(["A", "B", "C", "__proto__"]),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((list) =>
    list.map(({ operation, names }, n) =>
      aChange(n + 1, operation, operation === "gap" ? {} : Object.fromEntries(names.map((name) => [name, n + 1]))),
    ),
  );

/** The meaning, said in the plainest way: take the changes in the order of the source, one after the other. */
function inSourceOrder(changes: readonly Change[]) {
  let values: Record<string, unknown> = {};
  let deleted = false;
  let stale = false;
  for (const change of [...changes].sort((a, b) => (a.position < b.position ? -1 : 1))) {
    const whole = change.operation === "create" || change.operation === "read";
    values = { ...(whole ? {} : values), ...change.fields };
    deleted = change.operation === "delete";
    stale = change.operation === "gap" || (stale && !whole);
  }
  return { values: Object.fromEntries(Object.entries(values).sort()), deleted, stale };
}

test("any order, with repeats, ends at the image of the source's own order", () => {
  const shuffled = changesOfOneRow.chain((changes) =>
    fc.tuple(
      fc.constant(changes),
      fc.shuffledSubarray([...changes, ...changes], {
        minLength: changes.length * 2,
        maxLength: changes.length * 2,
      }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([changes, arrivals]) => {
      const { image } = fold(arrivals);
      expect(seen(image)).toEqual(seen(fold(changes).image));
      expect({ values: valuesOf(image), deleted: isDeleted(image), stale: isStale(image) }).toEqual(
        inSourceOrder(changes),
      );
    }),
    { numRuns: 1000 },
  );
});

test("a repeated change never moves the present", () => {
  fc.assert(
    fc.property(changesOfOneRow, (changes) => {
      const { image } = fold(changes);
      expect(fold(changes, image).moved.every((moved) => !moved)).toBe(true);
    }),
  );
});

test("a change that does not move leaves everything a reader sees as it was", () => {
  const shuffled = changesOfOneRow.chain((changes) =>
    fc.shuffledSubarray(changes, { minLength: changes.length, maxLength: changes.length }),
  );
  fc.assert(
    fc.property(shuffled, (arrivals) => {
      let image: ChangeImage | null = null;
      for (const change of arrivals) {
        const merged = mergeChange(image, change);
        if (image && !merged.moved) expect(seen(merged.image)).toEqual(seen(image));
        image = merged.image;
      }
    }),
  );
});

test("an older change whose fields a newer one has all set is late, and one that fills a field is applied", () => {
  const newer = aChange(9, "update", { A: "new" });
  expect(fold([newer, aChange(5, "update", { A: "old" })]).moved).toEqual([true, false]);
  const filled = fold([newer, aChange(5, "update", { A: "old", B: "only here" })]);
  expect(filled.moved).toEqual([true, true]);
  expect(valuesOf(filled.image)).toEqual({ A: "new", B: "only here" });
  expect(filled.image.position).toBe(position(9));
});

test("a delete marks the row and keeps what was known; only a newer change revives it", () => {
  const born = aChange(1, "create", { A: 1, B: 1 });
  const gone = fold([born, aChange(5, "delete")]);
  expect(seen(gone.image)).toMatchObject({ deleted: true, values: { A: 1, B: 1 } });
  expect(isDeleted(fold([aChange(4, "update", { A: 4 })], gone.image).image)).toBe(true);
  const revived = fold([aChange(6, "create", { A: 6 })], gone.image).image;
  expect(seen(revived)).toMatchObject({ deleted: false, values: { A: 6 } });
});

test("a snapshot read never overwrites what is newer", () => {
  const { image, moved } = fold([aChange(5, "create", { A: "live" }), aChange(2, "read", { A: "read", B: "read" })]);
  expect(moved).toEqual([true, false]);
  expect(valuesOf(image)).toEqual({ A: "live" });
});

test("a gap makes the image stale until the whole row comes again", () => {
  const holed = fold([aChange(1, "create", { A: 1 }), aChange(2, "gap"), aChange(3, "update", { A: 3 })]).image;
  expect(isStale(holed)).toBe(true);
  expect(isStale(fold([aChange(4, "read", { A: 4 })], holed).image)).toBe(false);
});
