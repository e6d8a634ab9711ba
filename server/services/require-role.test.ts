import { expect, test } from "vitest";
import { type Actor, ANONYMOUS } from "./actor.ts";
import { hasRole, requireRole } from "./require-role.ts";

const as = (role: Actor["role"]): Actor => ({ kind: "user", id: "user:1", name: "Ann", email: null, role });

test("a role may do what it and the lower ones may, and a role nobody knows may do nothing", () => {
  const table = (["planner", "manager", "admin", null] as const).map((role) =>
    (["planner", "manager", "admin"] as const).map((needed) => hasRole(as(role), needed)),
  );
  expect(table).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
    [false, false, false],
  ]);
});

test("who has not signed in is asked to; who has, and may not, is told so", () => {
  const refusal = (actor: Actor) => {
    try {
      requireRole(actor, "planner");
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(refusal(ANONYMOUS)).toBe("unauthenticated");
  expect(refusal(as(null))).toBe("forbidden");
  expect(refusal(as("planner"))).toBeUndefined();
});
