import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { READINGS_TOPIC } from "../../contracts/topics.ts";
import type { Database } from "../../store/client.ts";
import { KEPT_PER_MINUTE_MAX } from "../../store/dead-letters.ts";
import type { FailureRig } from "./failure-rig.ts";
import { until } from "./failure-rig.ts";
import { type ChangesFold, foldChanges } from "./fold-of-changes.ts";
import { type ExpectedVehicle, foldReadings } from "./fold-of-readings.ts";
import type { VehicleAnswer } from "./lanes-process.ts";
import { readLog } from "./read-log.ts";
import { CHANGE_TOPICS } from "./some-changes.ts";

/**
 * The one end of every failure: what is stored, and what a process that starts from it answers, equals the plain fold of
 * all records that stand in the log. Nothing lost, nothing doubled, every record counted once.
 */
export async function expectFoldOfLog(rig: FailureRig): Promise<void> {
  await rig.stopAll();
  const [readings, changes] = await Promise.all([
    readLog(rig.kafka, [READINGS_TOPIC]).then(foldReadings),
    readLog(rig.kafka, CHANGE_TOPICS).then(foldChanges),
  ]);
  const last = await rig.start();
  await rig.untilStored({ telemetry: readings.counts.delivered, changes: changes.counts.delivered });
  expect(await last.stop()).toBe(0);
  expect(await storedCounts(rig.db)).toEqual({ telemetry: readings.counts, changes: changes.counts });
  await expectRejects(rig.db, { ...readings.rejected, ...changes.rejected });
  expect(await storedHistoryRows(rig.db)).toBe(readings.historyRows);
  const stored = await storedChanges(rig.db);
  expect(differing(stored.rows, changes.rows)).toEqual([]);
  expect(stored.stock).toEqual(changes.stock);
  expect(stored.changes).toBe(changes.changes);

  const fresh = await rig.start();
  await until("all is loaded", () => fresh.delivered().telemetry === readings.counts.delivered);
  const vehicles = await fresh.vehicles(Object.keys(readings.vehicles));
  const answered = Object.fromEntries(vehicles.map((vehicle) => [vehicle.id, plainly(vehicle)]));
  expect(differing(answered, readings.vehicles)).toEqual([]);
  expect(await fresh.stop()).toBe(0);
}

/** The first few that are not equal, because all of them would fill a screen. */
function differing(found: Record<string, unknown>, wanted: Record<string, unknown>) {
  const names = [...new Set([...Object.keys(found), ...Object.keys(wanted)])];
  const unequal = names.filter((name) => !isDeepStrictEqual(found[name], wanted[name]));
  return unequal.slice(0, 3).map((name) => ({ name, found: found[name], wanted: wanted[name] }));
}

function plainly({ seenMs, measures, position, record, track }: VehicleAnswer): ExpectedVehicle {
  const { speedKmh, coolantC } = measures;
  return {
    seenMs,
    measures: { ...(speedKmh && { speedKmh }), ...(coolantC && { coolantC }) },
    position: position && { latitude: position.latitude, longitude: position.longitude, timeMs: position.timeMs },
    record: { partition: record.partition, offset: record.offset },
    track,
  };
}

async function storedCounts(db: Database) {
  const rows = await db.consumerOffset.findMany();
  const sums: Record<string, Record<string, number>> = { telemetry: {}, changes: {} };
  for (const { lane, counters } of rows) {
    const sum = sums[lane]!;
    for (const [name, count] of Object.entries(counters as Record<string, number>))
      sum[name] = (sum[name] ?? 0) + count;
  }
  return sums;
}

/** Each that is kept is told with its reason; of each kind those kept and those counted are as many as there were. */
async function expectRejects(db: Database, expected: Record<string, string>): Promise<void> {
  const select = { topic: true, partition: true, recordOffset: true, reason: true };
  const kept = await db.deadLetter.findMany({ select });
  const reasons = kept.map(({ topic, partition, recordOffset, reason }) => [
    `${topic}~${partition}~${recordOffset}`,
    reason,
  ]);
  expect(expected).toMatchObject(Object.fromEntries(reasons));
  const kindOf = (topic: string, partition: number | string, reason: string) => `${topic} ${partition} ${reason}`;
  const wanted = Object.entries(expected).map(([place, reason]) => {
    const [topic, partition] = place.split("~") as [string, string];
    return kindOf(topic, partition, reason);
  });
  const surplus = await db.deadLetterSurplus.findMany();
  const found = [
    ...kept.map(({ topic, partition, reason }) => kindOf(topic, partition, reason)),
    ...surplus.flatMap(({ topic, partition, reason, count }) =>
      Array.from({ length: Number(count) }, () => kindOf(topic, partition, reason)),
    ),
  ];
  expect(tally(found)).toEqual(tally(wanted));
  const outcomes = tally(kept.map(({ topic, partition, reason }) => kindOf(topic, partition, reason)));
  for (const [kind, count] of Object.entries(tally(wanted)))
    expect(outcomes[kind], kind).toBeGreaterThanOrEqual(Math.min(count, KEPT_PER_MINUTE_MAX));
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function storedHistoryRows(db: Database): Promise<number> {
  const { _sum } = await db.historySegment.aggregate({ _sum: { rows: true } });
  return _sum.rows ?? 0;
}

async function storedChanges(db: Database): Promise<Pick<ChangesFold, "rows" | "stock" | "changes">> {
  const [images, levels, changes] = await Promise.all([
    db.cdcSnapshot.findMany(),
    db.stockLevel.findMany(),
    db.cdcChange.count(),
  ]);
  const rows = images.map(({ entity, key, image, deleted }) => [`${entity} ${key}`, { fields: image, deleted }]);
  const stock = levels.map(({ material, unrestricted }) => [material.replace(/^0+/, ""), unrestricted.toFixed()]);
  return { rows: Object.fromEntries(rows), stock: Object.fromEntries(stock), changes };
}
