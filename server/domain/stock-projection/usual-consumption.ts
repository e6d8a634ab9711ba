/** What usually goes out of a position a day, beside what orders have reserved. */
export type UsualConsumption = {
  perDay: number;
  /** Standard deviation of a day. */
  spread: number;
  /** What has gone out today already. */
  today: number;
};

export const CONSUMPTION_DAYS = 28;
export const NO_CONSUMPTION: UsualConsumption = { perDay: 0, spread: 0, today: 0 };

/**
 * Mean and spread of a day's goods issues. `issuedByDay` holds what went out (positive) `n` days ago at index `n`,
 * today first; `observedDays` is how long the ledger of the position reaches back, so that a ledger of one week is not
 * spread over four.
 */
export function usualConsumption(issuedByDay: readonly number[], observedDays: number): UsualConsumption {
  const days = Math.min(CONSUMPTION_DAYS, Math.max(1, Math.ceil(observedDays)));
  // Reversals may exceed the issues of a day; over all days nothing negative is "usual".
  const issued = Array.from({ length: days }, (_, index) => issuedByDay[index] ?? 0);
  const today = Math.max(0, issued[0] ?? 0);
  // Today is not over: it counts only while there is no whole day to learn from.
  const whole = days > 1 ? issued.slice(1) : issued;
  const perDay = Math.max(0, sum(whole) / whole.length);
  const variance = whole.length > 1 ? sum(whole.map((each) => (each - perDay) ** 2)) / (whole.length - 1) : 0;
  return { perDay, spread: Math.sqrt(variance), today };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
