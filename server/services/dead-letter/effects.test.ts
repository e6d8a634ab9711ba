import fc from "fast-check";
import { expect, test } from "vitest";
import { type Change, type Operation, rowName } from "../../domain/change.ts";
import { type ChangeImage, mergeChange } from "../../domain/change-image.ts";
import { effectsOf } from "./effects.ts";

const row = { system: "sap", entity: "LIKP", key: "100|1" };
const change = (position: string, operation: Operation, fields: Record<string, unknown> = {}): Change => ({
  ...row,
  ...{ position, operation, fields, commitTimeMs: 0 },
  record: { topic: "sap.LIKP", partition: 0, offset: 1n, timestampMs: 0 },
});
const imageOf = (...changes: Change[]): ReadonlyMap<string, ChangeImage> => {
  let image: ChangeImage | null = null;
  for (const each of changes) image = mergeChange(image, each).image;
  return image ? new Map([[rowName(row), image]]) : new Map();
};
const effectOn = (images: ReadonlyMap<string, ChangeImage>, each: Change) =>
  effectsOf([each], images, () => "Delivery")[0]!;

test("what a replay does to a row is told by the merge that the lane uses", () => {
  const known = imageOf(change("5", "create", { A: "1", B: "2" }));
  expect(effectOn(imageOf(), change("1", "create", { A: "1" }))).toMatchObject({ effect: "appears" });
  expect(effectOn(known, change("6", "update", { A: "3" }))).toMatchObject({
    effect: "changes",
    changes: [{ field: "A", before: "1", after: "3" }],
  });
  expect(effectOn(known, change("4", "update", { A: "3" }))).toMatchObject({ effect: "none", changes: [] });
  expect(effectOn(known, change("6", "delete"))).toMatchObject({ effect: "is_deleted" });
  expect(effectOn(known, change("6", "gap"))).toMatchObject({ effect: "goes_stale" });
  const gone = imageOf(change("5", "create", { A: "1" }), change("6", "delete"));
  expect(effectOn(gone, change("7", "create", { A: "1" }))).toMatchObject({ effect: "returns" });
});

test("no effect is told exactly when the merge would move nothing", () => {
  const operation = fc.constantFrom<Operation>("create", "update", "delete", "read", "gap");
  const fields = fc.dictionary(fc.constantFrom("A", "B", "C"), fc.constantFrom("1", "2"));
  const aChange = fc
    .tuple(fc.integer({ min: 1, max: 9 }), operation, fields)
    .map(([at, what, set]) => change(`${at}`, what, set));
  fc.assert(
    fc.property(fc.array(aChange, { maxLength: 6 }), aChange, (before, next) => {
      const images = imageOf(...before);
      const { moved } = mergeChange(images.get(rowName(row)) ?? null, next);
      expect(effectOn(images, next).effect === "none").toBe(!moved);
    }),
  );
});
