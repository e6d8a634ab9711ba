import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holdOrder, withoutRepeats } from "./hold-order.ts";

const rows = (ids: string) => [...ids].map((id) => ({ id }));
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id).join("");

describe("the held order of a list", () => {
  test("rows on the screen keep their places whatever the fresh order is", () => {
    const held = holdOrder([..."abc"], rows("cab"));
    expect(idsOf(held.rows)).toBe("abc");
    expect(held.newCount).toBe(0);
  });

  test("rows that are gone leave, new ones wait at the end and are counted", () => {
    const held = holdOrder([..."abc"], rows("xcya"));
    expect(idsOf(held.rows)).toBe("acxy");
    expect(held.newCount).toBe(2);
  });

  test("what is shown is exactly what is fresh, whatever was shown before", () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(ids, ids, (shown, fresh) => {
        const held = holdOrder(
          shown,
          fresh.map((id) => ({ id })),
        );
        expect(held.rows.map(({ id }) => id).sort()).toEqual([...fresh].sort());
      }),
    );
  });

  test("a vehicle that two pages hold is shown once, where it came first", () => {
    expect(idsOf(withoutRepeats(rows("abcbda")))).toBe("abcd");
  });
});
