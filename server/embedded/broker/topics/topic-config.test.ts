import { describe, expect, test } from "vitest";
import { describeConfig, refuseOverrides, toPartitionConfig } from "./topic-config.ts";

describe("topic settings", () => {
  test.each([
    ["cleanup.policy", "compact"],
    ["cleanup.policy", "compact,delete"],
    ["retention.ms", "soon"],
    ["retention.ms", "-2"],
    ["segment.bytes", "10"],
    ["max.message.bytes", "99999999999"],
    ["message.timestamp.type", "Never"],
    ["min.insync.replicas", "2"],
    ["made.up", "1"],
    ["__proto__", "1"],
    ["retention.ms", null],
  ])("%s=%s is refused by name", (name, value) => {
    expect(refuseOverrides([{ name, value }])).toContain(name);
  });

  test("what is set on a topic goes before the default, and is told apart from it", () => {
    const overrides = { "retention.ms": "-1", "message.timestamp.type": "LogAppendTime" };
    expect(toPartitionConfig(overrides)).toMatchObject({ retentionMs: -1, timestampType: "LogAppendTime" });
    const own = describeConfig(overrides).filter(({ isDefault }) => !isDefault);
    expect(own.map(({ name, value }) => [name, value]).sort()).toEqual([
      ["message.timestamp.type", "LogAppendTime"],
      ["retention.ms", "-1"],
    ]);
  });
});
