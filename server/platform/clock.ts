/** Milliseconds since 1970. Passed in wherever a test wants to say what time it is. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** ISO 8601 in UTC with milliseconds and `Z`, as every time on a wire. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
