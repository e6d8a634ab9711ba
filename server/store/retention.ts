import { z } from "zod";
import type { StorageKind } from "../contracts/storage.ts";
import { DAYS_DEFAULT, RETENTION_NAMES, type RetentionDays, type RetentionKind } from "../domain/retention.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { RetentionReader, RetentionRun, StorageUse } from "../services/retention/port.ts";
import type { Db } from "./client.ts";

const SETTING = "retention";
const StoredDays = z.partialRecord(z.enum(RETENTION_NAMES), z.number());

/** The tables of each kind; parts of the history are found by their name. What is in none of them is `other`. */
const TABLES: Record<Exclude<StorageKind["kind"], "other">, readonly string[]> = {
  readings: ["history_segment", "history_chunk", "history_identity", "history_keyframe", "checkpoint"],
  changes: ["cdc_change"],
  dead_letters: ["dead_letter"],
  visits: ["visit"],
  estimates: ["eta_sample"],
  audit: ["audit_entry"],
  images: ["cdc_snapshot", "business_object", "business_link", "search_term", "stock_movement", "stock_level"],
  outbox: ["outbox"],
};

const OLDEST: Record<RetentionKind, Prisma.Sql> = {
  readings: Prisma.sql`
    select least((select min(min_time) from history_chunk), (select min(min_time) from history_segment))`,
  changes: Prisma.sql`select commit_time from cdc_change order by id limit 1`,
  dead_letters: Prisma.sql`select min(created_at) from dead_letter`,
  visits: Prisma.sql`select min(entered_at) from visit`,
  estimates: Prisma.sql`select min(made_at) from eta_sample`,
  audit: Prisma.sql`select min(time) from audit_entry`,
};

export function createRetentionReader(db: Db): RetentionReader {
  return {
    async days(): Promise<RetentionDays> {
      const row = await db.setting.findUnique({ where: { name: SETTING } });
      return { ...DAYS_DEFAULT, ...(row && StoredDays.parse(row.value)) };
    },

    async use() {
      const bytes = await bytesByTable(db);
      const take = (tables: readonly string[]) => tables.reduce((sum, table) => sum + (bytes.get(table) ?? 0), 0);
      const all = [...bytes.values()].reduce((sum, each) => sum + each, 0);
      const kinds = Object.entries(TABLES) as [keyof typeof TABLES, readonly string[]][];
      const known = kinds.reduce((sum, [, tables]) => sum + take(tables), 0);
      const use: Partial<Record<StorageKind["kind"], StorageUse>> = { other: { bytes: all - known, oldest: null } };
      for (const [kind, tables] of kinds) {
        const oldest = kind === "images" || kind === "outbox" ? null : await oldestOf(db, kind);
        use[kind] = { bytes: take(tables), oldest };
      }
      return use as Record<StorageKind["kind"], StorageUse>;
    },

    async runs() {
      const rows = await db.retentionRun.findMany();
      return new Map(
        rows.map(({ kind, removed, removedLast, finishedAt }): [RetentionKind, RetentionRun] => [
          kind as RetentionKind,
          { removed: Number(removed), removedLast: Number(removedLast), finishedAt },
        ]),
      );
    },
  };
}

/** By name of the table; a part counts for the table it is a part of. */
async function bytesByTable(db: Db): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ name: string; bytes: bigint }[]>`
    select coalesce(parent.relname, own.relname)::text as name, sum(pg_total_relation_size(own.oid))::bigint as bytes
    from pg_class as own
    left join pg_inherits on pg_inherits.inhrelid = own.oid
    left join pg_class as parent on parent.oid = pg_inherits.inhparent
    where own.relkind = 'r' and own.relnamespace::regnamespace::text in ('public', 'parts')
    group by 1`;
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
}

async function oldestOf(db: Db, kind: RetentionKind): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`select (${OLDEST[kind]}) as at`;
  return row?.at ?? null;
}
