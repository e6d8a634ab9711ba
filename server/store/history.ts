import { Prisma } from "../generated/prisma/client.ts";
import type { Db } from "./client.ts";
import { unpack } from "./packing.ts";

/** Read together: some hundred kilobytes. */
const PAGE = 24;
/** How often what was listed may be sorted into chunks while it is read. */
const MOVES_MAX = 5;

/** One stored piece of the history: `sequence` is its place in the log, `part` tells chunks of one run apart. */
type Listed = { kind: "segment" | "chunk" | "identity"; sequence: number; part: number; minTime: Date };
export type HistoryPiece = { minTimeMs: number; data: Buffer };

/** What to read of a partition's history: pieces that overlap the range, those of one vehicle where it is given. */
export type HistoryRange = { fromMs: number; toMs: number; vehicle: number | null };

/** What a fold up to a moment starts from, and up to which run it goes; of one vehicle where it is given. */
export type PastRange = {
  keyframe: { atMs: number; run: number } | null;
  atMs: number;
  vehicle: number | null;
  untilRun?: number;
};

const SEQUENCE_MAX = 2_147_483_647;

/** Pieces by rising time of their first reading. A reading may be told twice, when it is sorted meanwhile. */
export function historyBetween(db: Db, lane: string, partition: number, range: HistoryRange) {
  const [from, to] = [new Date(range.fromMs), new Date(range.toMs)];
  const own = Prisma.sql`lane = ${lane} and partition = ${partition} and max_time >= ${from} and min_time <= ${to}`;
  return readPieces(db, lane, partition, () => listPieces(db, own, ofVehicle(range.vehicle), Prisma.sql`4, 2, 3`));
}

/**
 * What a fold up to a moment has to add to a keyframe, in the order of the log: pieces with readings between the two, and
 * those stored after the keyframe was made with readings before it. Without a keyframe, all up to the moment.
 */
export function historySince(
  db: Db,
  lane: string,
  partition: number,
  { keyframe, atMs, vehicle, untilRun }: PastRange,
) {
  const isNew = (order: Prisma.Sql) =>
    keyframe
      ? Prisma.sql`and (max_time > ${new Date(keyframe.atMs)} or ${order} > ${keyframe.run}::integer)`
      : Prisma.empty;
  const own = Prisma.sql`lane = ${lane} and partition = ${partition} and min_time <= ${new Date(atMs)}`;
  const last = untilRun ?? SEQUENCE_MAX;
  return readPieces(
    db,
    lane,
    partition,
    () =>
      db.$queryRaw<Listed[]>`
      select 'segment' as kind, sequence, 0 as part, min_time as "minTime" from history_segment
      where ${own} and sequence <= ${last}::integer ${isNew(Prisma.sql`sequence`)}
      union all
      select 'chunk', run, part, min_time from history_chunk
      where ${own} and run <= ${last}::integer ${isNew(Prisma.sql`run`)} ${ofVehicle(vehicle)}
      order by 2, 3`,
  );
}

/** Pieces that may hold the identity of a reading of one of these times. */
export async function* historyAt(db: Db, lane: string, partition: number, timesMs: readonly number[]) {
  const times = timesMs.map((timeMs) => new Date(timeMs));
  const own = Prisma.sql`lane = ${lane} and partition = ${partition} and exists (
    select 1 from unnest(${times}::timestamptz[]) as asked(time) where asked.time between min_time and max_time)`;
  const list = () => db.$queryRaw<Listed[]>`
    select 'segment' as kind, sequence, 0 as part, min_time as "minTime" from history_segment where ${own}
    union all
    select 'identity', run, part, min_time from history_identity where ${own}
    order by 2, 3`;
  for await (const { data } of readPieces(db, lane, partition, list)) yield data;
}

const ofVehicle = (vehicle: number | null): Prisma.Sql =>
  vehicle === null
    ? Prisma.empty
    : Prisma.sql`and first_vehicle <= ${vehicle}::integer and last_vehicle >= ${vehicle}::integer`;

const listPieces = (db: Db, own: Prisma.Sql, ofOne: Prisma.Sql, order: Prisma.Sql) =>
  db.$queryRaw<Listed[]>`
    select 'segment' as kind, sequence, 0 as part, min_time as "minTime" from history_segment where ${own}
    union all
    select 'chunk', run, part, min_time from history_chunk where ${own} ${ofOne}
    order by ${order}`;

/**
 * One statement lists, later ones read. Where a piece is gone by then, its readings were sorted into others: all is listed
 * and told again.
 */
async function* readPieces(
  db: Db,
  lane: string,
  partition: number,
  list: () => Promise<Listed[]>,
): AsyncGenerator<HistoryPiece> {
  for (let moves = 0; moves <= MOVES_MAX; moves++) {
    const listed = await list();
    let isComplete = true;
    for (let start = 0; start < listed.length && isComplete; start += PAGE) {
      const page = listed.slice(start, start + PAGE);
      const data = await fetchPieces(db, lane, partition, page);
      const pieces = page.map((piece) => data.get(nameOf(piece)));
      isComplete = pieces.every((piece) => piece !== undefined);
      if (!isComplete) break;
      const unpacked = await Promise.all(pieces.map((piece) => unpack(piece!)));
      for (const [index, piece] of page.entries()) yield { minTimeMs: piece.minTime.getTime(), data: unpacked[index]! };
    }
    if (isComplete) return;
  }
  throw new Error(`the history of partition ${partition} was sorted ${MOVES_MAX} times while it was read`);
}

async function fetchPieces(
  db: Db,
  lane: string,
  partition: number,
  page: readonly Listed[],
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const kind of ["segment", "chunk", "identity"] as const) {
    const wanted = page.filter((piece) => piece.kind === kind);
    if (wanted.length === 0) continue;
    const [table, sequence, part] = TABLES[kind];
    const rows = await db.$queryRaw<{ sequence: number; part: number; data: Uint8Array }[]>`
      select ${sequence} as sequence, ${part} as part, data from ${table}
      where lane = ${lane} and partition = ${partition} and (${sequence}, ${part}) in (
        select * from unnest(${wanted.map((piece) => piece.sequence)}::integer[], ${wanted.map((piece) => piece.part)}::integer[]))`;
    for (const row of rows) found.set(nameOf({ kind, ...row }), row.data);
  }
  return found;
}

/** Table, and the columns that name a piece within a partition. */
const TABLES = {
  segment: [Prisma.sql`history_segment`, Prisma.sql`sequence`, Prisma.sql`0`],
  chunk: [Prisma.sql`history_chunk`, Prisma.sql`run`, Prisma.sql`part`],
  identity: [Prisma.sql`history_identity`, Prisma.sql`run`, Prisma.sql`part`],
} as const;

const nameOf = ({ kind, sequence, part }: Pick<Listed, "kind" | "sequence" | "part">): string =>
  `${kind} ${sequence} ${part}`;
