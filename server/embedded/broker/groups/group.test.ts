import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ErrorCode } from "../protocol/error-codes.ts";
import { Group, type JoinRequest } from "./group.ts";
import type { JoinResult } from "./member.ts";

const INITIAL_DELAY_MS = 200;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function aGroup(): Group {
  return new Group("g", { initialRebalanceDelayMs: INITIAL_DELAY_MS });
}

function aJoin(over: Partial<JoinRequest> = {}): JoinRequest {
  return {
    memberId: "",
    clientId: "client",
    clientHost: "127.0.0.1",
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 20_000,
    protocolType: "consumer",
    protocols: [{ name: "roundrobin", metadata: Buffer.from("m") }],
    needsKnownId: false,
    ...over,
  };
}

/** Lets so many members join an empty group; the first answer is the leader's. */
async function joinAll(group: Group, count: number): Promise<JoinResult[]> {
  const answers = Array.from({ length: count }, () => group.join(aJoin()));
  await vi.advanceTimersByTimeAsync(INITIAL_DELAY_MS);
  const joined = await Promise.all(answers);
  return [...joined].sort((left, right) => right.members.length - left.members.length);
}

/** The leader gives each member an assignment named after its place. */
async function syncAll(group: Group, joined: readonly JoinResult[]): Promise<string[]> {
  const assignments = joined.map(({ memberId }, index) => ({ memberId, assignment: Buffer.from(`part ${index}`) }));
  const answers = joined.map(({ memberId, generationId, leader }) =>
    group.sync({ memberId, generationId, assignments: memberId === leader ? assignments : [] }),
  );
  return (await Promise.all(answers)).map(({ assignment }) => assignment.toString());
}

async function stableGroup(count: number): Promise<{ group: Group; joined: JoinResult[] }> {
  const group = aGroup();
  const joined = await joinAll(group, count);
  await syncAll(group, joined);
  expect(group.state).toBe("Stable");
  return { group, joined };
}

describe("a rebalance", () => {
  test("members that come together share one generation, one leader, and each gets its assignment", async () => {
    const group = aGroup();
    const joined = await joinAll(group, 3);
    expect(new Set(joined.map(({ generationId }) => generationId))).toEqual(new Set([1]));
    expect(new Set(joined.map(({ leader }) => leader))).toEqual(new Set([joined[0]!.memberId]));
    expect(joined.map(({ members }) => members.length)).toEqual([3, 0, 0]);
    expect(await syncAll(group, joined)).toEqual(["part 0", "part 1", "part 2"]);
  });

  test("begins when a member joins: the others are told by their heartbeat", async () => {
    const { group, joined } = await stableGroup(1);
    const [first] = joined as [JoinResult];
    const second = group.join(aJoin());
    expect(group.heartbeat(first.memberId, first.generationId)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
    const rejoined = await group.join(aJoin({ memberId: first.memberId }));
    expect([rejoined.generationId, (await second).generationId]).toEqual([2, 2]);
    expect(group.heartbeat(first.memberId, first.generationId)).toBe(ErrorCode.ILLEGAL_GENERATION);
  });

  test("begins when a member leaves, and goes on with those that are left", async () => {
    const { group, joined } = await stableGroup(2);
    const [leader, other] = joined as [JoinResult, JoinResult];
    expect(group.leave(leader.memberId)).toBe(ErrorCode.NONE);
    const rejoined = await group.join(aJoin({ memberId: other.memberId }));
    expect(rejoined).toMatchObject({ generationId: 2, leader: other.memberId });
  });

  test("begins when a member is silent for its session timeout", async () => {
    const { group, joined } = await stableGroup(2);
    const [leader, other] = joined as [JoinResult, JoinResult];
    await vi.advanceTimersByTimeAsync(9_000);
    group.heartbeat(other.memberId, 1);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(group.check(leader.memberId, 1)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(group.heartbeat(other.memberId, 1)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  });

  test("does not wait longer than the rebalance timeout for those who do not join again", async () => {
    const { group, joined } = await stableGroup(2);
    const [leader, silent] = joined as [JoinResult, JoinResult];
    const third = group.join(aJoin());
    const rejoined = group.join(aJoin({ memberId: leader.memberId }));
    for (let elapsedMs = 0; elapsedMs < 20_000; elapsedMs += 5000) {
      group.heartbeat(silent.memberId, 1);
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect((await third).generationId).toBe(2);
    expect((await rejoined).members).toHaveLength(2);
    expect(group.check(silent.memberId, 1)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  test("members that wait for the answer to their join are not thrown out for being silent", async () => {
    const { group, joined } = await stableGroup(2);
    const [leader, slow] = joined as [JoinResult, JoinResult];
    const third = group.join(aJoin({ sessionTimeoutMs: 1000 }));
    await vi.advanceTimersByTimeAsync(5000);
    group.join(aJoin({ memberId: leader.memberId }));
    group.join(aJoin({ memberId: slow.memberId }));
    expect((await third).generationId).toBe(2);
  });

  test("interrupts those who wait for their assignment", async () => {
    const group = aGroup();
    const joined = await joinAll(group, 2);
    const waiting = group.sync({ memberId: joined[1]!.memberId, generationId: 1, assignments: [] });
    group.leave(joined[0]!.memberId);
    expect((await waiting).errorCode).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  });

  test("is not caused by a follower that only repeats its join", async () => {
    const { group, joined } = await stableGroup(2);
    const follower = joined[1]!;
    const repeated = await group.join(aJoin({ memberId: follower.memberId }));
    expect(repeated.generationId).toBe(1);
    expect(group.state).toBe("Stable");
  });
});

describe("who may join", () => {
  test("a newer client is given its id first and joins with it", async () => {
    const group = aGroup();
    const announced = await group.join(aJoin({ needsKnownId: true }));
    expect(announced.errorCode).toBe(ErrorCode.MEMBER_ID_REQUIRED);
    const joining = group.join(aJoin({ memberId: announced.memberId, needsKnownId: true }));
    await vi.advanceTimersByTimeAsync(INITIAL_DELAY_MS);
    expect(await joining).toMatchObject({ errorCode: ErrorCode.NONE, memberId: announced.memberId });
  });

  test("an id that was never given, or not taken up in time, is unknown", async () => {
    const group = aGroup();
    expect((await group.join(aJoin({ memberId: "made up" }))).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    const announced = await group.join(aJoin({ needsKnownId: true }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(group.isIdle).toBe(true);
    expect((await group.join(aJoin({ memberId: announced.memberId }))).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  test("a member without a protocol in common with the others is refused", async () => {
    const { group } = await stableGroup(1);
    const stranger = aJoin({ protocols: [{ name: "sticky", metadata: Buffer.alloc(0) }] });
    expect((await group.join(stranger)).errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    expect((await group.join(aJoin({ protocols: [] }))).errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    expect((await group.join(aJoin({ protocolType: "connect" }))).errorCode).toBe(
      ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
    );
    expect(group.state).toBe("Stable");
  });
});

/** What a client does until it has an assignment. */
async function joinUntilAssigned(group: Group, memberId: string): Promise<number> {
  for (;;) {
    const { generationId, members } = await group.join(aJoin({ memberId }));
    const assignments = members.map((member) => ({ memberId: member.memberId, assignment: Buffer.from("part") }));
    const { errorCode } = await group.sync({ memberId, generationId, assignments });
    if (errorCode === ErrorCode.NONE) return generationId;
  }
}

/** Members that send heartbeats and join again when told to, until nobody has to any more. */
async function settle(group: Group, generations: Map<string, number>): Promise<void> {
  const joining = new Set<string>();
  for (let round = 0; round < 50; round++) {
    for (const [memberId, generationId] of generations) {
      if (joining.has(memberId) || group.heartbeat(memberId, generationId) === ErrorCode.NONE) continue;
      joining.add(memberId);
      void joinUntilAssigned(group, memberId).then((joinedGenerationId) => {
        joining.delete(memberId);
        generations.set(memberId, joinedGenerationId);
      });
    }
    if (joining.size === 0) return;
    await vi.advanceTimersByTimeAsync(INITIAL_DELAY_MS);
  }
  throw new Error("the group does not come to rest");
}

test("any order of joins, leaves and silence ends stable with exactly the members that are left", async () => {
  const anyAction = fc.constantFrom("join", "leave", "expire");
  await fc.assert(
    fc.asyncProperty(fc.array(anyAction, { maxLength: 12 }), async (actions) => {
      const group = aGroup();
      const generations = new Map<string, number>();
      for (const action of actions) {
        const [oldest] = generations.keys();
        if (action === "join") {
          const { memberId } = await group.join(aJoin({ needsKnownId: true }));
          generations.set(memberId, -1);
        } else if (oldest !== undefined) {
          generations.delete(oldest);
          if (action === "leave") group.leave(oldest);
          else {
            await vi.advanceTimersByTimeAsync(8000);
            await settle(group, generations);
            await vi.advanceTimersByTimeAsync(2000);
          }
        }
        await settle(group, generations);
      }
      expect(group.members.map(({ id }) => id).sort()).toEqual([...generations.keys()].sort());
      expect(group.state).toBe(generations.size === 0 ? "Empty" : "Stable");
      group.close();
    }),
    { numRuns: 60 },
  );
});
