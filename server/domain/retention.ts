/** What is kept for a number of days. `daysMin` is what the tower itself needs. */
export const RETENTION_KINDS = {
  /** Readings of vehicles, and the states made of them. */
  readings: { daysDefault: 30, daysMin: 2, daysMax: 3650 },
  /** Changes of other systems. What an image still holds is kept for ever. */
  changes: { daysDefault: 90, daysMin: 7, daysMax: 3650 },
  /** Rejected records that were replayed or discarded. Open ones are kept. */
  dead_letters: { daysDefault: 90, daysMin: 1, daysMax: 3650 },
  /** Stays of vehicles in fences. */
  visits: { daysDefault: 90, daysMin: 21, daysMax: 3650 },
  /** Estimates of arrivals, with what came of them. */
  estimates: { daysDefault: 90, daysMin: 21, daysMax: 3650 },
  /** Who did what. */
  audit: { daysDefault: 730, daysMin: 90, daysMax: 3650 },
} as const;

export type RetentionKind = keyof typeof RETENTION_KINDS;
export type RetentionDays = Record<RetentionKind, number>;

export const RETENTION_NAMES = Object.keys(RETENTION_KINDS) as RetentionKind[];

export const DAYS_DEFAULT = Object.fromEntries(
  RETENTION_NAMES.map((kind) => [kind, RETENTION_KINDS[kind].daysDefault]),
) as RetentionDays;

const DAY_MS = 86_400_000;

/** From when on everything is kept: whole days, UTC, so that a day is never there in part. */
export function keptFromMs(days: number, nowMs: number): number {
  return nowMs - (nowMs % DAY_MS) - days * DAY_MS;
}
