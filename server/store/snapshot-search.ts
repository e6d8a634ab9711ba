import { Prisma } from "../generated/prisma/client.ts";
import type { SnapshotPlace, SnapshotReader, SnapshotRowView, SnapshotSearch } from "../services/snapshot/port.ts";
import type { Db } from "./client.ts";
import { recordRefOf } from "./record-ref.ts";

/** To the letter the expression of the index `cdc_snapshot_search`: only so is the index used. */
const SEARCH_KEY = Prisma.raw(
  `regexp_replace(case when s.system = 'sap' then substr(s.key, strpos(s.key, '|') + 1) else s.key end, ` +
    `'(^|\\|)0+(?=[^|])', '\\1', 'g')`,
);
const COUNTS_KEPT_MS = 15_000;

type Kind = { system: string; entity: string; count: number };
type Row = Omit<SnapshotRowView, "record"> & {
  topic: string;
  partition: number;
  recordOffset: bigint;
  recordTimestamp: Date;
};

/** Finding rows of other systems among many: by kind, by how the key begins, the newest first. */
export function createSnapshotSearch(db: Db): Pick<SnapshotReader, "list" | "counts"> {
  const counts = keptCounts(db);

  async function list(search: SnapshotSearch, options: { after: SnapshotPlace | null; limit: number }) {
    const kinds = await kindsOf(search);
    if (kinds.length === 0) return [];
    const rows = await db.$queryRaw<Row[]>`
      select found.* from unnest(${kinds.map(({ system }) => system)}::text[],
        ${kinds.map(({ entity }) => entity)}::text[]) as kind (system, entity)
      cross join lateral (
        select s.system, s.entity, s.key, s.image, s.deleted, s.stale, s.updated_at as "updatedAt", s.topic,
          s.partition, s.record_offset as "recordOffset", s.record_timestamp as "recordTimestamp"
        from cdc_snapshot s
        where s.system = kind.system and s.entity = kind.entity and ${beginsWith(search.text)}
          and ${olderThan(options.after)}
        order by s.updated_at desc, s.key limit ${options.limit}
      ) as found
      order by "updatedAt" desc, system, entity, key limit ${options.limit}`;
    return rows.map(({ topic, partition, recordOffset, recordTimestamp, ...row }) => ({
      ...row,
      record: recordRefOf({ topic, partition, recordOffset, recordTimestamp }),
    }));
  }

  /** Each kind is asked by itself, so that the index of a kind is walked and not the whole table. */
  async function kindsOf({ system, entity }: SnapshotSearch): Promise<{ system: string; entity: string }[]> {
    if (system !== undefined && entity !== undefined) return [{ system, entity }];
    const all = await counts();
    return all.filter(
      (kind) => (system === undefined || kind.system === system) && (entity === undefined || kind.entity === entity),
    );
  }

  return { list, counts };
}

function beginsWith(text: string | null): Prisma.Sql {
  if (text === null) return Prisma.sql`true`;
  return Prisma.sql`${SEARCH_KEY} like ${`${text.replace(/[\\%_]/g, "\\$&")}%`}`;
}

function olderThan(after: SnapshotPlace | null): Prisma.Sql {
  if (!after) return Prisma.sql`true`;
  const { updatedAt, system, entity, key } = after;
  return Prisma.sql`(s.updated_at < ${updatedAt}
    or (s.updated_at = ${updatedAt} and (s.system, s.entity, s.key) > (${system}, ${entity}, ${key})))`;
}

/** Counting walks a whole index, so everybody who asks within some seconds shares one answer. */
function keptCounts(db: Db): () => Promise<Kind[]> {
  let kept: { atMs: number; counts: Promise<Kind[]> } | null = null;
  return () => {
    if (kept && Date.now() - kept.atMs < COUNTS_KEPT_MS) return kept.counts;
    const counts = db.$queryRaw<Kind[]>`
      select system, entity, count(*)::int as count from cdc_snapshot group by system, entity order by system, entity`;
    const mine = { atMs: Date.now(), counts };
    kept = mine;
    // A failure is not kept: whoever asks next tries again.
    counts.catch(() => {
      if (kept === mine) kept = null;
    });
    return counts;
  };
}
