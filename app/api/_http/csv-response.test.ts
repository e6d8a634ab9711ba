import { expect, test } from "vitest";
import { harmless } from "@/server/platform/csv.ts";
import { csvResponse } from "./csv-response.ts";

type Item = { name: string; count: number };

async function* pages() {
  yield [{ name: "Joliet, IL", count: -3 }];
  yield [{ name: '=cmd|"x"', count: 2 }];
}

test("rows of all pages stand below the heads, quoted where they must be, and a formula is none any more", async () => {
  const columns = [
    { name: "name", of: (item: Item) => item.name },
    { name: "count", of: (item: Item) => item.count },
  ];
  const response = csvResponse("x.csv", columns, pages());
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="x.csv"');
  expect(await response.text()).toBe('name,count\n"Joliet, IL",-3\n"\'=cmd|""x""",2\n');
});

test("a number stays a number, also below zero and as text", () => {
  expect([harmless(-3), harmless("-3.50"), harmless("+1 555"), harmless("@x"), harmless(null)]).toEqual([
    -3,
    "-3.50",
    "'+1 555",
    "'@x",
    null,
  ]);
});
