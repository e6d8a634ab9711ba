import { expect, test } from "vitest";
import { viewQueryOf } from "./view-queries.ts";

test("a view is its filters in one order, without what is open at the moment", () => {
  expect(viewQueryOf("?vehicle=T1&sort=id&level=late")).toBe("level=late&sort=id");
  expect(viewQueryOf("?sort=id&level=late&order=sap:100:1&tab=lines")).toBe(viewQueryOf("?level=late&sort=id"));
  expect(viewQueryOf("")).toBe("");
});
