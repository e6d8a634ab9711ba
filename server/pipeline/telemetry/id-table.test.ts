import fc from "fast-check";
import { expect, test } from "vitest";
import { IdTable } from "./id-table.ts";

test("ids keep their index in the order they came, however many there are", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12, unit: "grapheme" }), { maxLength: 300 }), (ids) => {
      const table = new IdTable();
      const indices = ids.map((id) => table.add(id));
      const distinct = [...new Set(ids)];
      expect(table.idsFrom(0)).toEqual(distinct);
      expect(indices).toEqual(ids.map((id) => distinct.indexOf(id)));
      for (const id of ids) expect(table.find(id)).toBe(distinct.indexOf(id));
      expect(table.find("an id that never came")).toBeNull();
    }),
  );
});

test("a table that has grown many times still finds all", () => {
  const table = new IdTable();
  for (let index = 0; index < 20_000; index++) expect(table.add(`vehicle-${index}`)).toBe(index);
  for (let index = 0; index < 20_000; index += 7) expect(table.find(`vehicle-${index}`)).toBe(index);
});
