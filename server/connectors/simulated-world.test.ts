import { expect, test } from "vitest";
import { changeName, rowName } from "../domain/change.ts";
import { type ChangeImage, isDeleted, isStale, mergeChange } from "../domain/change-image.ts";
import type { OutgoingRecord } from "../simulator/outgoing.ts";
import { aWorld, HOUR_MS, recordsOf, SPARSE } from "../simulator/testing.ts";
import { createWorld } from "../simulator/world.ts";
import { routeOf } from "./index.ts";
import { sampleRecord } from "./sample-record.ts";

const DURATION_MS = 8 * HOUR_MS;
const trouble = { kind: "totals", totals: { broken: 150, repeated: 200, late: 200 }, durationMs: DURATION_MS } as const;
const world = createWorld(aWorld({ vehicles: 60, intervalsMs: SPARSE, trouble }));
const { images, outcomes, reasons } = fold(recordsOf(world, DURATION_MS));

/** The changes lane without its database: decode, merge, count. */
function fold(records: readonly OutgoingRecord[]) {
  const images = new Map<string, ChangeImage>();
  const seen = new Set<string>();
  const outcomes: Record<string, Record<string, number>> = {};
  const reasons: string[] = [];
  const outcomeOf = ({ topic, key, value, timestampMs }: OutgoingRecord, offset: number) => {
    const { connector, source } = routeOf(topic)!;
    const record = sampleRecord(topic, value, { key: Buffer.from(key), offset: BigInt(offset), timestampMs });
    const decoded = connector.decode(record, source.entity);
    if (decoded.kind === "rejected") reasons.push(decoded.rejection.reason);
    if (decoded.kind !== "changes") return decoded.kind;
    const each = decoded.changes.map((change) => {
      if (seen.has(changeName(change))) return "repeated";
      seen.add(changeName(change));
      const { image, moved } = mergeChange(images.get(rowName(change)) ?? null, change);
      images.set(rowName(change), image);
      return moved ? "applied" : "late";
    });
    return each.find((outcome) => outcome === "applied") ?? each.find((outcome) => outcome === "late") ?? "repeated";
  };
  records.forEach((record, offset) => {
    if (!routeOf(record.topic)) return;
    outcomes[record.topic] ??= { delivered: 0, applied: 0, late: 0, repeated: 0, ignored: 0, rejected: 0 };
    const counts = outcomes[record.topic]!;
    counts.delivered! += 1;
    counts[outcomeOf(record, offset)]! += 1;
  });
  return { images, outcomes, reasons };
}

test("every record of the simulated world ends as the world says, on every topic", () => {
  const told = Object.entries(world.truth.outcomes()).filter(([topic]) => routeOf(topic));
  expect(told.length).toBeGreaterThanOrEqual(4);
  expect(outcomes).toEqual(Object.fromEntries(told));
});

test("broken records are rejected for the reasons for which they were broken", () => {
  const all = Object.values(world.truth.deadLetters()).reduce((sum, count) => sum + count, 0);
  expect(all).toBe(150);
  expect(new Set(reasons)).toEqual(
    new Set(["not_json", "missing_key", "contract_violation", "empty_value", "unknown_envelope"]),
  );
});

test("every row ends at the image that the world knows, deleted and stale marks included", () => {
  const rows = [...world.truth.snapshots()];
  expect(rows.length).toBeGreaterThan(200);
  for (const row of rows) {
    const image = images.get(rowName(row))!;
    const values = Object.fromEntries([...image.fields].map(([name, { value }]) => [name, value]));
    expect({ values, deleted: isDeleted(image), stale: isStale(image) }, rowName(row)).toEqual({
      values: JSON.parse(JSON.stringify(row.image)),
      deleted: row.deleted,
      stale: row.stale,
    });
  }
});
