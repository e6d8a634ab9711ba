import { describe, expect, test } from "vitest";
import { instantOf } from "./local-time.ts";

const iso = (local: string, zone: string | null) => {
  const ms = instantOf(local, zone);
  return ms === null ? null : new Date(ms).toISOString();
};

describe("a local time", () => {
  test.each([
    ["2026-08-19T06:30:00", "America/Chicago", "2026-08-19T11:30:00.000Z"],
    ["2026-12-19T06:30:00", "America/Chicago", "2026-12-19T12:30:00.000Z"],
    ["2026-11-01T01:30:00", "America/Chicago", "2026-11-01T06:30:00.000Z"],
    ["2026-03-08T02:30:00", "America/Chicago", "2026-03-08T08:30:00.000Z"],
    ["2026-08-19", "America/Los_Angeles", "2026-08-20T06:59:59.000Z"],
    ["2026-08-19T06:30:00", "Nowhere/Here", "2026-08-19T06:30:00.000Z"],
    ["2026-08-19T06:30:00", null, "2026-08-19T06:30:00.000Z"],
    ["soon", "America/Chicago", null],
  ])("%s in %s is %s", (local, zone, expected) => {
    expect(iso(local, zone)).toBe(expected);
  });
});
