import type { Database, Db } from "./client.ts";
import { base64Of, bytesOfRecord, slicesOf } from "./slices.ts";

/** A record to produce. `partition` is left to the partitioner when it is null. */
export type OutboxRecord = {
  topic: string;
  partition: number | null;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Record<string, string>;
};

/** Queues records in the caller's transaction; the relay produces them once it has committed. */
export async function queueRecords(db: Db, records: readonly OutboxRecord[]): Promise<void> {
  for (const slice of slicesOf(records, bytesOfRecord)) await insertQueued(db, slice);
}

async function insertQueued(db: Db, records: readonly OutboxRecord[]): Promise<void> {
  const rows = records.map(({ key, value, ...record }) => ({ ...record, key: base64Of(key), value: base64Of(value) }));
  await db.$executeRaw`
    insert into outbox (topic, target_partition, key, value, headers)
    select topic, partition, decode(key, 'base64'), decode(value, 'base64'), headers
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as queued (
      topic text, partition integer, key text, value text, headers jsonb)`;
}

export async function hasQueued(db: Db): Promise<boolean> {
  const [row] = await db.$queryRaw<{ queued: boolean }[]>`select exists (select from outbox) as queued`;
  return row?.queued === true;
}

const LOCK_RELAY = 4203n;
const RELAY_MS_MAX = 60_000;

type QueuedRow = {
  id: bigint;
  topic: string;
  target_partition: number | null;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Record<string, string>;
};

/**
 * Hands the oldest queued records, in order, to `send` and removes them once it returns. Returns how many those were; 0
 * when there are none, or while another process relays. At least once: after a crash in between they are sent again.
 */
export function relayQueued(
  database: Database,
  bounds: { recordsMax: number; bytesMax: number },
  send: (records: OutboxRecord[]) => Promise<void>,
): Promise<number> {
  return database.$transaction(
    async (db) => {
      const [lock] = await db.$queryRaw<{ held: boolean }[]>`select pg_try_advisory_xact_lock(${LOCK_RELAY}) as held`;
      if (!lock?.held) return 0;
      const rows = await oldest(db, bounds);
      if (rows.length === 0) return 0;
      await send(
        rows.map(({ topic, target_partition: partition, key, value, headers }) => ({
          topic,
          partition,
          key,
          value,
          headers,
        })),
      );
      await db.$executeRaw`delete from outbox where id = any(${rows.map(({ id }) => id)}::bigint[])`;
      return rows.length;
    },
    { maxWait: 10_000, timeout: RELAY_MS_MAX },
  );
}

/** At least one row, however large it is. */
function oldest(db: Db, { recordsMax, bytesMax }: { recordsMax: number; bytesMax: number }): Promise<QueuedRow[]> {
  return db.$queryRaw<QueuedRow[]>`
    with sized as (
      select id, coalesce(octet_length(key), 0) + coalesce(octet_length(value), 0) as bytes
      from outbox order by id limit ${recordsMax}
    ), summed as (
      select id, sum(bytes) over (order by id) - bytes as bytes_before from sized
    )
    select id, topic, target_partition, key, value, headers
    from outbox join summed using (id) where bytes_before < ${bytesMax} order by id`;
}
