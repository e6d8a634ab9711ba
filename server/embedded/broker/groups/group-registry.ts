import { ErrorCode } from "../protocol/error-codes.ts";
import { Group, type GroupState } from "./group.ts";
import type { OffsetStore } from "./offset-store.ts";

export type GroupListing = { groupId: string; protocolType: string; state: GroupState };

/** The live groups, and those of which only committed offsets are left. */
export class GroupRegistry {
  readonly offsets: OffsetStore;
  readonly #initialRebalanceDelayMs: number;
  readonly #groups = new Map<string, Group>();

  constructor(options: { offsets: OffsetStore; initialRebalanceDelayMs: number }) {
    this.offsets = options.offsets;
    this.#initialRebalanceDelayMs = options.initialRebalanceDelayMs;
  }

  get(groupId: string): Group | undefined {
    return this.#groups.get(groupId);
  }

  getOrCreate(groupId: string): Group {
    const known = this.#groups.get(groupId);
    if (known) return known;
    const group = new Group(groupId, { initialRebalanceDelayMs: this.#initialRebalanceDelayMs });
    this.#groups.set(groupId, group);
    return group;
  }

  list(): GroupListing[] {
    const groupIds = new Set([...this.#groups.keys(), ...this.offsets.groupIds]);
    return [...groupIds].map((groupId) => {
      const group = this.#groups.get(groupId);
      return { groupId, protocolType: group?.protocolType ?? "consumer", state: group?.state ?? "Empty" };
    });
  }

  delete(groupId: string): ErrorCode {
    const group = this.#groups.get(groupId);
    if (!group && !this.offsets.has(groupId)) return ErrorCode.GROUP_ID_NOT_FOUND;
    if (group && !group.isIdle) return ErrorCode.NON_EMPTY_GROUP;
    this.offsets.removeGroup(groupId);
    group?.close();
    this.#groups.delete(groupId);
    return ErrorCode.NONE;
  }

  /** Whether offsets may be committed: by a member in its generation, or by anyone while the group has no members. */
  checkCommit(groupId: string, memberId: string, generationId: number): ErrorCode {
    const group = this.#groups.get(groupId);
    if (generationId < 0 && (!group || group.members.length === 0)) return ErrorCode.NONE;
    if (!group) return ErrorCode.ILLEGAL_GENERATION;
    const errorCode = group.check(memberId, generationId);
    // A commit is a sign of life, too.
    if (errorCode === ErrorCode.NONE) group.heartbeat(memberId, generationId);
    return errorCode;
  }

  forgetIdle(): void {
    for (const [groupId, group] of this.#groups) {
      if (!group.isIdle || group.state !== "Empty") continue;
      group.close();
      this.#groups.delete(groupId);
    }
  }

  close(): void {
    for (const group of this.#groups.values()) group.close();
    this.#groups.clear();
  }
}
