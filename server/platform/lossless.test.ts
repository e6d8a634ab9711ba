import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLossless, textOf } from "./lossless.ts";

test("decimals and whole numbers of 64 bits are their exact text, small whole numbers are numbers", () => {
  expect(parseLossless('{"a":9007199254740993,"b":1250.50,"c":0.1,"d":12,"e":1e5,"f":-0,"g":-7,"h":"1.0"}')).toEqual({
    a: "9007199254740993",
    b: "1250.50",
    c: "0.1",
    d: 12,
    e: "1e5",
    f: "-0",
    g: -7,
    h: "1.0",
  });
});

test("no digit of any number is lost, however it is read again", () => {
  const whole = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n });
  const literal = fc.oneof(
    whole.map(String),
    fc.tuple(whole, fc.nat(10 ** 6)).map(([before, after]) => `${before}.${after}`),
  );
  fc.assert(
    fc.property(literal, (text) => {
      const parsed = parseLossless(text);
      expect(textOf(parsed)).toBe(text);
      expect(textOf(JSON.parse(JSON.stringify(parsed)))).toBe(text);
    }),
  );
});

test("broken JSON throws a syntax error", () => {
  for (const text of ["", "{", '{"a":}', "[1,]", "nul", '{"a":1,"a":2}'])
    expect(() => parseLossless(text)).toThrow(SyntaxError);
});
