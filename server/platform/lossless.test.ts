import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLossless, stringifyLossless, textOf } from "./lossless.ts";

/** What a reader of the stored JSON gets who knows nothing of lossless numbers. */
const readBack = (text: string) => JSON.parse(stringifyLossless(parseLossless(text))) as unknown;

test("a number that a double cannot hold to the letter is read back as its exact text", () => {
  expect(
    readBack('{"a":9007199254740993,"b":1250.50,"c":0.1,"d":12,"e":1e400,"f":0.30000000000000004,"g":1e-7}'),
  ).toEqual({
    a: "9007199254740993",
    b: "1250.50",
    c: 0.1,
    d: 12,
    e: "1e400",
    f: 0.30000000000000004,
    g: "1e-7",
  });
});

test("no digit of any decimal is lost on the way to a reader", () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), fc.nat(10 ** 6))
    .map(([a, b]) => `${a}.${b}`);
  fc.assert(
    fc.property(decimal, (literal) => {
      expect(String(readBack(literal))).toBe(literal);
      expect(textOf(parseLossless(literal))).toBe(literal);
    }),
  );
});

test("broken JSON throws a syntax error", () => {
  for (const text of ["", "{", '{"a":}', "[1,]", "nul", '{"a":1,"a":2}'])
    expect(() => parseLossless(text)).toThrow(SyntaxError);
});
