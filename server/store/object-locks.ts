import type { Db } from "./client.ts";

/**
 * Classes of advisory locks, after those of entities and rows (4201 and 4202): always taken in this order, each in
 * rising order and by one statement, so that two transactions never wait for each other in a ring. Each class has so few
 * locks that the server's lock table holds them all.
 */
const CLASSES = { object: { lock: 4203, mask: 1023 }, stock: { lock: 4204, mask: 511 } } as const;

/** Held until the transaction ends. What is read after it includes all that earlier holders have committed. */
export async function lockNames(db: Db, lockClass: keyof typeof CLASSES, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { lock, mask } = CLASSES[lockClass];
  await db.$executeRaw`
    select pg_advisory_xact_lock(${lock}::int, lock)
    from (
      select distinct hashtext(name) & ${mask}::int as lock from unnest(${[...names]}::text[]) as name order by 1
    ) as sorted`;
}
