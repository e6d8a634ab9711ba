/**
 * What becomes of a delivered record: exactly one of these. `late` is kept in history and does not move the present;
 * `ignored` is a heartbeat, tombstone or metadata; `rejected` becomes a dead letter.
 */
export const OUTCOMES = ["applied", "late", "repeated", "ignored", "rejected"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * `delivered` is the sum of the five. `gaps` are offsets that never held a record (control markers, compaction); `lost`
 * are offsets that left the log before they were read.
 */
export type OutcomeCounts = Record<Outcome, number> & { delivered: number; gaps: number; lost: number };

export const noOutcomes = (): OutcomeCounts => ({
  delivered: 0,
  applied: 0,
  late: 0,
  repeated: 0,
  ignored: 0,
  rejected: 0,
  gaps: 0,
  lost: 0,
});

export function addOutcomes(sum: OutcomeCounts, more: OutcomeCounts): OutcomeCounts {
  for (const key of Object.keys(sum) as (keyof OutcomeCounts)[]) sum[key] += more[key];
  return sum;
}

/** Why a record is rejected: the same word in the metric, the dead letter and the test. A connector may add its own. */
export const REJECTION_REASONS = [
  "not_json",
  "empty_value",
  "too_large",
  "unknown_source",
  "unknown_envelope",
  "contract_violation",
  "missing_key",
  "time_in_future",
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];
export type Stage = "decode" | "contract" | "apply";

/** Larger records are rejected unread. */
export const RECORD_BYTES_MAX = 1_000_000;
