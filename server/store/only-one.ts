import type { Database } from "./client.ts";

const HELD_MS_MAX = 3_600_000;

/**
 * Does the work unless another process is at it; whether it was done. The lock is held by a connection of its own, and goes
 * with the process however that ends.
 */
export async function whileLocked(database: Database, name: string, work: () => Promise<void>): Promise<boolean> {
  return database.$transaction(
    async (db) => {
      const [lock] = await db.$queryRaw<{ isMine: boolean }[]>`
        select pg_try_advisory_xact_lock(4301::int, hashtext(${name})) as "isMine"`;
      if (lock?.isMine) await work();
      return lock?.isMine ?? false;
    },
    { maxWait: 10_000, timeout: HELD_MS_MAX },
  );
}
