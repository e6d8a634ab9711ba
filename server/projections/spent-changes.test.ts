import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change, Operation } from "../domain/change.ts";
import { type ChangeImage, mergeChange } from "../domain/change-image.ts";
import { fieldsSince } from "./field-history.ts";
import { sapChange } from "./orders-testing.ts";
import { spentChanges } from "./spent-changes.ts";

const FIELDS = ["A", "B", "C"];
const aLog = fc
  .array(
    fc.record({
      operation: fc.constantFrom<Operation>("create", "update", "update", "update", "delete", "read", "gap"),
      fields: fc.record(Object.fromEntries(FIELDS.map((name) => [name, fc.constantFrom("1", "2")])), {
        requiredKeys: [],
      }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((list) =>
    list.map(({ operation, fields }, n) =>
      sapChange(n + 1, "KNA1", operation, { KUNNR: "1", ...(operation === "gap" ? {} : fields) }),
    ),
  );

const fold = (changes: readonly Change[]) => {
  let image: ChangeImage | null = null;
  for (const change of changes) image = mergeChange(image, change).image;
  return [image, fieldsSince(changes, FIELDS)];
};

test("without the spent changes, a row is at every later moment what it was with them, and since when", () => {
  fc.assert(
    fc.property(aLog, fc.nat(14), (log, old) => {
      const numbered = log.map((change, id) => ({ id: BigInt(id), change }));
      const spent = new Set(spentChanges(numbered.slice(0, old), FIELDS));
      for (let until = Math.max(1, Math.min(old, log.length)); until <= log.length; until++) {
        const left = numbered.slice(0, until).filter(({ id }) => !spent.has(id));
        expect(fold(left.map(({ change }) => change))).toEqual(fold(log.slice(0, until)));
      }
    }),
  );
});

test("of a row that is sent whole again and again, the newest is left", () => {
  const changes = [1, 2, 3, 4].map((n) => ({
    id: BigInt(n),
    change: sapChange(n, "KNA1", n === 1 ? "create" : "update", { KUNNR: "1", NAME1: `name ${n}` }),
  }));
  expect(spentChanges(changes, [])).toEqual([2n, 3n]);
});
