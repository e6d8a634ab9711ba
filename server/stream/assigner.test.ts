import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareOut } from "./assigner.ts";

const members = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
const lines = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 30 });
const nobodyHolds = (ids: readonly string[]) => ids.map((memberId) => ({ memberId, held: [] }));

describe("shareOut", () => {
  test("every line has exactly one owner and the shares differ by at most one, whatever members claim to hold", () => {
    const group = fc.tuple(members, lines).chain(([ids, keys]) =>
      fc.record({
        keys: fc.constant(keys),
        claimants: fc.tuple(
          ...ids.map((memberId) => fc.subarray([...keys, "unknown"]).map((held) => ({ memberId, held }))),
        ),
      }),
    );
    fc.assert(
      fc.property(group, ({ keys, claimants }) => {
        const shares = shareOut(keys, claimants);
        expect([...shares.values()].flat().sort()).toEqual([...keys].sort());
        const sizes = [...shares.values()].map((share) => share.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("the order in which members and lines are told does not matter", () => {
    fc.assert(
      fc.property(members, lines, (ids, keys) => {
        const forwards = shareOut(keys, nobodyHolds(ids));
        const backwards = shareOut([...keys].reverse(), nobodyHolds([...ids].reverse()));
        for (const id of ids) expect(backwards.get(id)).toEqual(forwards.get(id));
      }),
    );
  });

  test("when a member joins, the others give up only what exceeds their new share", () => {
    const keys = Array.from({ length: 12 }, (_, index) => `p${String(index).padStart(2, "0")}`);
    const before = shareOut(keys, nobodyHolds(["a", "b"]));
    const after = shareOut(keys, [
      { memberId: "a", held: before.get("a")! },
      { memberId: "b", held: before.get("b")! },
      { memberId: "c", held: [] },
    ]);
    for (const id of ["a", "b"]) {
      expect(after.get(id)).toHaveLength(4);
      expect(before.get(id)).toEqual(expect.arrayContaining(after.get(id)!));
    }
    expect(after.get("c")).toHaveLength(4);
  });
});
