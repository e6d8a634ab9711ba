import { AssignerProtocol, type Assignment, type GroupMember, type PartitionAssigner } from "kafkajs";

/** Names what is owned as one: all topic partitions of a line go to the same member of the group. */
export type LineOf = (topic: string, partition: number) => string;

const { MemberAssignment, MemberMetadata } = AssignerProtocol;
const VERSION = 1;
const NAME = "wheelhouse-lines";

/**
 * Gives each line to one member, in equal shares. A member keeps what it holds (`held`, told with each join) up to its
 * share, so that one that comes or goes moves as few lines as possible.
 */
export function lineAssigner(lineOf: LineOf, held: () => Iterable<string>): PartitionAssigner {
  return ({ cluster }) => ({
    name: NAME,
    version: VERSION,
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: MemberMetadata.encode({ version: VERSION, topics, userData: Buffer.from(JSON.stringify([...held()])) }),
    }),
    async assign({ members, topics }) {
      const partitions = topics.flatMap((topic) =>
        cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ topic, partition: partitionId })),
      );
      const lines = new Map<string, { topic: string; partition: number }[]>();
      for (const { topic, partition } of partitions) {
        const key = lineOf(topic, partition);
        lines.set(key, [...(lines.get(key) ?? []), { topic, partition }]);
      }
      const shares = shareOut([...lines.keys()], members.map(toClaimant));
      return [...shares].map(([memberId, keys]) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({
          version: VERSION,
          assignment: toAssignment(keys.flatMap((key) => lines.get(key)!)),
          userData: Buffer.alloc(0),
        }),
      }));
    },
  });
}

export type Claimant = { memberId: string; held: readonly string[] };

/** Pure part: which member gets which lines. Deterministic for the same members and lines, in any order. */
export function shareOut(lineKeys: readonly string[], claimants: readonly Claimant[]): Map<string, string[]> {
  const members = [...claimants].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const free = new Set([...lineKeys].sort());
  const shares = new Map<string, string[]>(members.map(({ memberId }) => [memberId, []]));
  const shareMin = Math.floor(lineKeys.length / members.length);
  let largerShares = lineKeys.length % members.length;

  for (const { memberId, held } of members) {
    const share = shares.get(memberId)!;
    const kept = held.filter((key) => free.has(key)).sort();
    const shareMax = kept.length > shareMin && largerShares > 0 ? shareMin + 1 : shareMin;
    if (shareMax > shareMin) largerShares -= 1;
    for (const key of kept.slice(0, shareMax)) {
      free.delete(key);
      share.push(key);
    }
  }
  for (const key of free) smallest(members, shares).push(key);
  return shares;
}

function smallest(members: readonly Claimant[], shares: Map<string, string[]>): string[] {
  let found = shares.get(members[0]!.memberId)!;
  for (const { memberId } of members) {
    const share = shares.get(memberId)!;
    if (share.length < found.length) found = share;
  }
  return found;
}

function toClaimant({ memberId, memberMetadata }: GroupMember): Claimant {
  try {
    const held: unknown = JSON.parse(MemberMetadata.decode(memberMetadata)?.userData.toString() ?? "[]");
    return { memberId, held: Array.isArray(held) ? held.filter((key) => typeof key === "string") : [] };
  } catch {
    return { memberId, held: [] }; // another version of this assigner: it only loses its preference
  }
}

function toAssignment(partitions: readonly { topic: string; partition: number }[]): Assignment {
  const assignment: Assignment = {};
  for (const { topic, partition } of partitions) {
    assignment[topic] ??= [];
    assignment[topic].push(partition);
  }
  return assignment;
}
