import { expect, test } from "vitest";
import { searchTextOf } from "./search-text.ts";

test.each([
  ["0080334561", "80334561"],
  ["80334561/10", "80334561|10"],
  ["0080334561|000010", "80334561|10"],
  ["  0080334561 000010 ", "80334561|10"],
  ["AB00123", "AB00123"],
  ["0", "0"],
  ["000", "0"],
  ["8015g00000Xk2aAAAB", "8015g00000Xk2aAAAB"],
])("%s is looked for as %s", (typed, text) => expect(searchTextOf(typed)).toBe(text));

test("nothing but dividers looks for nothing", () => {
  expect(searchTextOf(" ")).toBeNull();
  expect(searchTextOf("|")).toBeNull();
});
