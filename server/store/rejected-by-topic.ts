import type { Clock } from "../platform/clock.ts";
import type { Database } from "./client.ts";

const KEPT_MS = 5_000;
const DAY_MS = 24 * 60 * 60_000;

/** Rejected records of the last 24 hours, by topic. Everybody who asks within some seconds shares one answer. */
export function createRejectedByTopic(database: Database, now: Clock): () => Promise<ReadonlyMap<string, number>> {
  let kept: { atMs: number; counts: Promise<ReadonlyMap<string, number>> } | null = null;

  async function count(): Promise<ReadonlyMap<string, number>> {
    const since = new Date(now() - DAY_MS);
    const rows = await database.$queryRaw<{ topic: string; count: number }[]>`
      select topic, sum(count)::float8 as count from (
        select topic, count(*) as count from dead_letter where created_at >= ${since} group by topic
        union all
        select topic, sum(count) as count from dead_letter_surplus where minute >= ${since} group by topic
      ) as both_of_them group by topic`;
    return new Map(rows.map((row) => [row.topic, row.count]));
  }

  return () => {
    if (kept && now() - kept.atMs < KEPT_MS) return kept.counts;
    const mine = { atMs: now(), counts: count() };
    kept = mine;
    mine.counts.catch(() => {
      if (kept === mine) kept = null;
    });
    return mine.counts;
  };
}
