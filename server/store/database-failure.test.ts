import { expect, test } from "vitest";
import { isDatabaseAway } from "./database-failure.ts";

test.each([
  Object.assign(new Error("x"), { code: "P1001" }),
  Object.assign(new Error("x"), { code: "57P01" }),
  new Error("outer", { cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }) }),
  new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })]),
  new Error("Connection terminated unexpectedly"),
])("%s means that the database is away", (error) => {
  expect(isDatabaseAway(error)).toBe(true);
});

test.each([Object.assign(new Error("unique"), { code: "P2002" }), new Error("oops"), null, "ECONNREFUSED", undefined])(
  "%s is a defect",
  (error) => {
    expect(isDatabaseAway(error)).toBe(false);
  },
);

test("an error that is its own cause is looked at only so long", () => {
  const error = new Error("circle");
  error.cause = error;
  expect(isDatabaseAway(error)).toBe(false);
});
