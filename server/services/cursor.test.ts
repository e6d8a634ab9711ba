import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineCursor } from "./cursor.ts";

const Places = defineCursor("places", z.object({ id: z.string(), n: z.int() }));
const Others = defineCursor("others", z.object({ id: z.string(), n: z.int() }));
const refused = expect.objectContaining({
  code: "invalid_input",
  fields: [expect.objectContaining({ path: "/cursor" })],
});

test("a cursor comes back as the place it was made of, and is safe in an address", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer(), (id, n) => {
      const cursor = Places.encode({ id, n });
      expect(encodeURIComponent(cursor)).toBe(cursor);
      expect(Places.decode(cursor)).toEqual({ id: Buffer.from(id).toString(), n });
    }),
  );
});

test("the cursor of one list starts nowhere in another", () => {
  expect(() => Others.decode(Places.encode({ id: "a", n: 1 }))).toThrow(refused);
});

test("whatever else comes as a cursor is refused by name", () => {
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  for (const cursor of [
    "",
    "a b",
    "%00",
    forged(null),
    forged(["places"]),
    forged(["places", { id: 1, n: 1 }]),
    forged({}),
  ])
    expect(() => Places.decode(cursor), cursor).toThrow(refused);
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      expect(() => Places.decode(cursor)).toThrow(refused);
    }),
  );
});
