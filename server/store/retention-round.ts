import { keptFromMs, RETENTION_NAMES, type RetentionKind } from "../domain/retention.ts";
import type { Logger } from "../platform/logger.ts";
import type { Database } from "./client.ts";
import { createRetentionReader } from "./retention.ts";
import { RETENTION_STEPS } from "./retention-steps.ts";

/** A round ends after so many steps of a kind; the next goes on. */
const STEPS_MAX = 400;

export type Removed = Partial<Record<RetentionKind, number>>;

/** Removes what is older than the retention says, of every kind, in small steps, and keeps what it did. */
export async function runRetention(
  { database, logger }: { database: Database; logger: Logger },
  nowMs: number,
  shouldStop: () => boolean = () => false,
): Promise<Removed> {
  const days = await createRetentionReader(database).days();
  const removed: Removed = {};
  for (const kind of RETENTION_NAMES) {
    if (shouldStop()) break;
    const count = await removeOld(database, kind, { nowMs, days: days[kind], shouldStop });
    if (count > 0) removed[kind] = count;
  }
  if (Object.keys(removed).length > 0) logger.info({ removed }, "removed what is older than it is kept");
  return removed;
}

type Round = { nowMs: number; days: number; shouldStop(): boolean };

async function removeOld(database: Database, kind: RetentionKind, { nowMs, days, shouldStop }: Round): Promise<number> {
  const before = new Date(keptFromMs(days, nowMs));
  const run = await database.retentionRun.findUnique({ where: { kind } });
  const since = run?.keptFrom ?? new Date(0);
  let [removed, isDone, place]: [number, boolean, string | null] = [0, false, null];
  for (let step = 0; step < STEPS_MAX && !isDone && !shouldStop(); step++) {
    const done = await RETENTION_STEPS[kind]({ database, nowMs, days, before, since, place });
    removed += done.removed;
    ({ isDone, place } = done);
  }
  // A round that was cut short begins again where the last whole one ended.
  const keptFrom = isDone ? before : since;
  const finished = { keptFrom, removedLast: removed, finishedAt: new Date(nowMs) };
  await database.retentionRun.upsert({
    where: { kind },
    create: { kind, ...finished, removed },
    update: { ...finished, removed: { increment: removed } },
  });
  return removed;
}
