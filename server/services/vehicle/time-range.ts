import { AppError } from "../../platform/errors.ts";

const HOUR_MS = 3_600_000;
export const RANGE_DEFAULT_MS = 2 * HOUR_MS;
export const RANGE_MAX_MS = 7 * 24 * HOUR_MS;

export type TimeRangeInput = { fromMs?: number | undefined; toMs?: number | undefined };

/** The last two hours unless said otherwise; at most seven days, because a history query reads what it spans. */
export function timeRange({ fromMs, toMs }: TimeRangeInput, nowMs: number): { fromMs: number; toMs: number } {
  const end = toMs ?? (fromMs === undefined ? nowMs : Math.min(nowMs, fromMs + RANGE_MAX_MS));
  const start = fromMs ?? end - RANGE_DEFAULT_MS;
  if (start > end) throw refuse("from is after to");
  if (end - start > RANGE_MAX_MS) throw refuse("from and to may be at most 7 days apart");
  return { fromMs: start, toMs: end };
}

function refuse(message: string): AppError {
  return new AppError("invalid_input", "the request has a wrong time range", { fields: [{ path: "/from", message }] });
}
