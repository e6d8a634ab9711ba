import { expect, test } from "vitest";
import { createSeal } from "./seal.ts";

const SECRET = "a secret of this test alone, 32 letters or more";

test("what was sealed opens again, and never looks the same twice", () => {
  const { seal, open } = createSeal(SECRET, "settings");
  const [first, second] = [seal("client secret ✓"), seal("client secret ✓")];
  expect([open(first), open(second)]).toEqual(["client secret ✓", "client secret ✓"]);
  expect(first).not.toBe(second);
  expect(first).not.toContain("client");
});

test("another secret, another purpose, a changed letter and nonsense open nothing", () => {
  const { seal, open } = createSeal(SECRET, "settings");
  const sealed = seal("text");
  const changed = `${sealed.startsWith("A") ? "B" : "A"}${sealed.slice(1)}`;
  expect(createSeal(`${SECRET}.`, "settings").open(sealed)).toBeNull();
  expect(createSeal(SECRET, "sign-in").open(sealed)).toBeNull();
  for (const wrong of [changed, "", "x", sealed.slice(0, -2)]) expect(open(wrong)).toBeNull();
});
