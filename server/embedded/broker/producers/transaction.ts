import { z } from "zod";

const Partition = z.object({ topic: z.string(), partition: z.number() });
const GroupOffset = z.object({
  group: z.string(),
  topic: z.string(),
  partition: z.number(),
  offset: z.number(),
  metadata: z.string().nullable(),
});

/** What is known of one transactional id: the producer that owns it now, and what its transaction holds so far. */
export const Transaction = z.object({
  transactionalId: z.string(),
  producerId: z.number(),
  epoch: z.number(),
  timeoutMs: z.number(),
  state: z.enum(["idle", "open", "committing", "aborting"]),
  /** How the last one ended: an end that is asked for again, because its answer was lost, is answered alike. */
  lastOutcome: z.enum(["committed", "aborted"]).nullable().default(null),
  openedMs: z.number(),
  usedMs: z.number().default(0),
  partitions: z.array(Partition),
  offsets: z.array(GroupOffset),
});
export type Transaction = z.infer<typeof Transaction>;
export type Partition = z.infer<typeof Partition>;
export type GroupOffset = z.infer<typeof GroupOffset>;

export function withPartitions(transaction: Transaction, added: readonly Partition[]): Transaction {
  const isNew = (target: Partition) => !transaction.partitions.some((known) => isSamePartition(known, target));
  return { ...transaction, partitions: [...transaction.partitions, ...added.filter(isNew)] };
}

/** The last offset of a partition that a group is given counts, so the list is as long as there are partitions. */
export function withOffsets(transaction: Transaction, added: readonly GroupOffset[]): Transaction {
  const isReplaced = (known: GroupOffset) =>
    added.some((offset) => offset.group === known.group && isSamePartition(offset, known));
  return { ...transaction, offsets: [...transaction.offsets.filter((known) => !isReplaced(known)), ...added] };
}

export function isSamePartition(left: Partition, right: Partition): boolean {
  return left.topic === right.topic && left.partition === right.partition;
}
