import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import type { RateLimitName, RateLimits } from "../services/tower.ts";

/** A bucket holds at most `burst` tokens and gains `perSecond`. */
export type Bucket = { burst: number; perSecond: number };

/** Sign-in is slow on purpose: ten guesses a minute for one account, whoever makes them. */
export const BUCKETS: Record<RateLimitName, Bucket> = {
  actor: { burst: 400, perSecond: 100 },
  address: { burst: 400, perSecond: 100 },
  sign_in: { burst: 30, perSecond: 0.5 },
  sign_in_account: { burst: 10, perSecond: 1 / 6 },
};

const KEYS_MAX = 20_000;

type Level = { tokens: number; atMs: number };

/** Token buckets by key, in memory: a restart forgives. The number of keys is bounded, the longest unused go first. */
export function createRateLimits(now: Clock, buckets: Record<RateLimitName, Bucket> = BUCKETS): RateLimits {
  const levels = new Map<string, Level>();

  /** Refills by the time that has passed, and moves the key to the end of those that may be forgotten. */
  function levelOf(bucket: RateLimitName, key: string): Level {
    const name = `${bucket} ${key}`;
    const { burst, perSecond } = buckets[bucket];
    const nowMs = now();
    const level = levels.get(name) ?? { tokens: burst, atMs: nowMs };
    level.tokens = Math.min(burst, level.tokens + ((nowMs - level.atMs) / 1_000) * perSecond);
    level.atMs = nowMs;
    levels.delete(name);
    levels.set(name, level);
    if (levels.size > KEYS_MAX) levels.delete(levels.keys().next().value!);
    return level;
  }

  return {
    take(bucket, key) {
      const level = levelOf(bucket, key);
      if (level.tokens < 1) throw tooMany((1 - level.tokens) / buckets[bucket].perSecond);
      level.tokens -= 1;
    },
    giveBack(bucket, key) {
      const level = levelOf(bucket, key);
      level.tokens = Math.min(buckets[bucket].burst, level.tokens + 1);
    },
  };
}

function tooMany(waitS: number): AppError {
  return new AppError("too_many_requests", "too many requests", { retryAfterS: Math.max(1, Math.ceil(waitS)) });
}
