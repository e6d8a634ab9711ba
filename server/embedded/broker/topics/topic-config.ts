import type { PartitionConfig } from "../log/partition-config.ts";

/** The most a batch may take; one above it would not fit the largest request that is accepted. */
const BATCH_BYTES_MAX = 15 * 1024 * 1024;
const SEGMENT_BYTES_MIN = 1024;

/** As Apache Kafka, but for the sizes: this broker lives on someone's laptop. */
const DEFAULTS: Readonly<Record<string, string>> = {
  "cleanup.policy": "delete",
  "compression.type": "producer",
  "max.message.bytes": "1048588",
  "message.timestamp.type": "CreateTime",
  "min.insync.replicas": "1",
  "retention.bytes": String(256 * 1024 * 1024),
  "retention.ms": String(7 * 24 * 3_600_000),
  "segment.bytes": String(16 * 1024 * 1024),
};

const isIntegerIn = (min: number, max: number) => (value: string) =>
  /^-?\d{1,15}$/.test(value) && Number(value) >= min && Number(value) <= max;
const isOneOf =
  (...allowed: string[]) =>
  (value: string) =>
    allowed.includes(value);

/** A map, because the names come from outside: an object would also answer to `__proto__`. */
const CHECKS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ["cleanup.policy", isOneOf("delete")],
  ["compression.type", isOneOf("producer")],
  ["max.message.bytes", isIntegerIn(1, BATCH_BYTES_MAX)],
  ["message.timestamp.type", isOneOf("CreateTime", "LogAppendTime")],
  ["min.insync.replicas", isOneOf("1")],
  ["retention.bytes", isIntegerIn(-1, Number.MAX_SAFE_INTEGER)],
  ["retention.ms", isIntegerIn(-1, Number.MAX_SAFE_INTEGER)],
  ["segment.bytes", isIntegerIn(SEGMENT_BYTES_MIN, 1024 * 1024 * 1024)],
]);

/** What was set on a topic itself, by Kafka's names. */
export type TopicOverrides = Readonly<Record<string, string>>;
export type DescribedConfig = { name: string; value: string; isDefault: boolean };

/** Why a setting is refused, in words; null if all are fine. */
export function refuseOverrides(overrides: readonly { name: string; value: string | null }[]): string | null {
  for (const { name, value } of overrides) {
    const check = CHECKS.get(name);
    if (!check) return `${name} is not supported by this single-node development broker`;
    if (value === null || !check(value)) return `${name} cannot be ${value} on this single-node development broker`;
  }
  return null;
}

export function toOverrides(configs: readonly { name: string; value: string | null }[]): TopicOverrides {
  return Object.fromEntries(configs.map(({ name, value }) => [name, value ?? ""]));
}

export function toPartitionConfig(overrides: TopicOverrides): PartitionConfig {
  const values: Record<string, string | undefined> = { ...DEFAULTS, ...overrides };
  return {
    retentionMs: Number(values["retention.ms"]),
    retentionBytes: Number(values["retention.bytes"]),
    segmentBytes: Number(values["segment.bytes"]),
    messageBytesMax: Number(values["max.message.bytes"]),
    timestampType: values["message.timestamp.type"] === "LogAppendTime" ? "LogAppendTime" : "CreateTime",
  };
}

export function describeConfig(overrides: TopicOverrides): DescribedConfig[] {
  return Object.entries(DEFAULTS).map(([name, value]) => ({
    name,
    value: overrides[name] ?? value,
    isDefault: overrides[name] === undefined,
  }));
}
