import type { OutcomeCounts } from "../contracts/outcome.ts";
import { noOutcomes } from "../contracts/outcome.ts";
import { Fenced } from "../platform/fenced.ts";
import type { Db } from "./client.ts";

type TopicPartition = { topic: string; partition: number };

/** How far a lane is with one partition, and by which claim. */
export type StoredOffset = TopicPartition & {
  epoch: bigint;
  nextOffset: number;
  lastHash: number | null;
  /** Number of the last checkpoint that stored this row. */
  sequence: number;
  counters: OutcomeCounts;
};

type OffsetRow = {
  topic: string;
  partition: number;
  epoch: bigint;
  next_offset: bigint;
  last_hash: number | null;
  sequence: number;
  counters: Partial<OutcomeCounts>;
};

/** Takes partitions over: from here on, every write by an earlier owner finds no row. */
export async function claimOffsets(
  db: Db,
  lane: string,
  partitions: readonly TopicPartition[],
): Promise<StoredOffset[]> {
  const rows = await db.$queryRaw<OffsetRow[]>`
    insert into consumer_offset (lane, topic, partition, epoch)
    select ${lane}, topic, partition, 1
    from unnest(${partitions.map(({ topic }) => topic)}::text[], ${partitions.map(({ partition }) => partition)}::int[])
      as claimed(topic, partition)
    order by topic, partition
    on conflict (lane, topic, partition) do update set epoch = consumer_offset.epoch + 1
    returning topic, partition, epoch, next_offset, last_hash, sequence, counters`;
  return rows.map(toStoredOffset);
}

const toStoredOffset = (row: OffsetRow): StoredOffset => ({
  topic: row.topic,
  partition: row.partition,
  epoch: row.epoch,
  nextOffset: Number(row.next_offset),
  lastHash: row.last_hash,
  sequence: row.sequence,
  counters: { ...noOutcomes(), ...row.counters },
});

/** How far the lane is with these partitions, without taking them over. */
export async function readOffsets(
  db: Db,
  lane: string,
  partitions: readonly TopicPartition[],
): Promise<StoredOffset[]> {
  const rows = await db.$queryRaw<OffsetRow[]>`
    select topic, partition, epoch, next_offset, last_hash, sequence, counters from consumer_offset
    where lane = ${lane} and (topic, partition) in (
      select * from unnest(${partitions.map(({ topic }) => topic)}::text[],
        ${partitions.map(({ partition }) => partition)}::int[]))
    order by topic, partition`;
  return rows.map(toStoredOffset);
}

/** The stored epoch of every partition of a lane, by `topic~partition`. */
export async function readEpochs(db: Db, lane: string): Promise<Map<string, bigint>> {
  const rows = await db.$queryRaw<Pick<OffsetRow, "topic" | "partition" | "epoch">[]>`
    select topic, partition, epoch from consumer_offset where lane = ${lane}`;
  return new Map(rows.map((row) => [`${row.topic}~${row.partition}`, row.epoch]));
}

/** How far a lane has stored a topic: the next offset of each partition. */
export async function storedOffsets(db: Db, lane: string, topic: string): Promise<Map<number, number>> {
  const rows = await db.consumerOffset.findMany({
    where: { lane, topic },
    select: { partition: true, nextOffset: true },
  });
  return new Map(rows.map(({ partition, nextOffset }) => [partition, Number(nextOffset)]));
}

export type OffsetMove = TopicPartition & {
  epoch: bigint;
  /** The offset that must still be stored, or another owner has been here. */
  expected: number;
  next: number;
  lastHash: number | null;
  sequence: number;
  counters: OutcomeCounts;
};

/**
 * The fence: moves all the rows or throws `Fenced`, which rolls the caller's transaction back. Call it first in the
 * transaction that stores what the offsets stand for.
 */
export async function advanceOffsets(db: Db, lane: string, moves: readonly OffsetMove[]): Promise<void> {
  const moved = await db.$executeRaw`
    update consumer_offset as stored
    set next_offset = move.next_offset, last_hash = move.last_hash, sequence = move.sequence,
        counters = move.counters::jsonb, updated_at = now()
    from unnest(
      ${moves.map(({ topic }) => topic)}::text[],
      ${moves.map(({ partition }) => partition)}::int[],
      ${moves.map(({ epoch }) => epoch)}::bigint[],
      ${moves.map(({ expected }) => BigInt(expected))}::bigint[],
      ${moves.map(({ next }) => BigInt(next))}::bigint[],
      ${moves.map(({ lastHash }) => lastHash)}::int[],
      ${moves.map(({ sequence }) => sequence)}::int[],
      ${moves.map(({ counters }) => JSON.stringify(counters))}::text[]
    ) as move(topic, partition, epoch, expected, next_offset, last_hash, sequence, counters)
    where stored.lane = ${lane} and stored.topic = move.topic and stored.partition = move.partition
      and stored.next_offset = move.expected and stored.epoch = move.epoch`;
  if (moved !== moves.length) throw new Fenced(`another process owns ${moves.map(describe).join(", ")} by now`);
}

/** Takes the row of a claim for this transaction; returns up to where its rejected records are stored or counted. */
export async function lockRejectsTo(
  db: Db,
  lane: string,
  { topic, partition, epoch }: TopicPartition & { epoch: bigint },
): Promise<bigint> {
  const [row] = await db.$queryRaw<{ rejects_to: bigint }[]>`
    select rejects_to from consumer_offset
    where lane = ${lane} and topic = ${topic} and partition = ${partition} and epoch = ${epoch} for update`;
  if (!row) throw new Fenced(`another process owns ${topic} ${partition} (claim ${epoch}) by now`);
  return row.rejects_to;
}

export async function moveRejectsTo(db: Db, lane: string, { topic, partition }: TopicPartition, to: bigint) {
  await db.$executeRaw`
    update consumer_offset set rejects_to = ${to}
    where lane = ${lane} and topic = ${topic} and partition = ${partition}`;
}

/** Whether the moves are what is stored: an answer to "did it commit?" after a connection broke. */
export async function areStored(db: Db, lane: string, moves: readonly OffsetMove[]): Promise<boolean> {
  const rows = await db.consumerOffset.findMany({
    where: { lane, OR: moves.map(({ topic, partition }) => ({ topic, partition })) },
  });
  return moves.every((move) =>
    rows.some(
      (row) =>
        row.topic === move.topic &&
        row.partition === move.partition &&
        row.epoch === move.epoch &&
        row.nextOffset === BigInt(move.next) &&
        row.sequence === move.sequence,
    ),
  );
}

const describe = ({ topic, partition, epoch }: OffsetMove) => `${topic} ${partition} (claim ${epoch})`;
