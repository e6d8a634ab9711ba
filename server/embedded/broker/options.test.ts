import { describe, expect, test } from "vitest";
import { parseCommandLine } from "./options.ts";

describe("the command line", () => {
  test("needs a data directory and has defaults for the rest", () => {
    expect(parseCommandLine(["--data-dir", "/tmp/x"])).toEqual({
      dataDirectory: "/tmp/x",
      host: "127.0.0.1",
      port: 9092,
      logLevel: "info",
    });
    expect(() => parseCommandLine([])).toThrow("--data-dir");
  });

  test.each(["0.0.0.0", "10.0.0.1", "::", "example.org", "127.0.0.1.example.org", ""])(
    "an address that others can reach (%j) is refused",
    (host) => {
      expect(() => parseCommandLine(["--data-dir", "x", "--host", host])).toThrow("loopback");
    },
  );

  test("names every bad value at once", () => {
    const parse = () => parseCommandLine(["--data-dir", "x", "--port", "70000", "--log-level", "loud"]);
    expect(parse).toThrow(/--port[\s\S]*--log-level/);
  });
});
