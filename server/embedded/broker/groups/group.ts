import { randomUUID } from "node:crypto";
import { ErrorCode } from "../protocol/error-codes.ts";
import { type JoinResult, Member, type SupportedProtocol, type SyncResult } from "./member.ts";

const MEMBERS_MAX = 500;

export type GroupState = "Empty" | "PreparingRebalance" | "CompletingRebalance" | "Stable";

export type JoinRequest = {
  memberId: string;
  clientId: string;
  clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocolType: string;
  protocols: SupportedProtocol[];
  /** Newer clients are given their id first and join with it, so that a lost answer leaves no ghost in the group. */
  needsKnownId: boolean;
};

export type SyncRequest = {
  memberId: string;
  generationId: number;
  assignments: { memberId: string; assignment: Buffer }[];
};

/**
 * One consumer group. A change of members begins a rebalance: all have to join again, then the leader hands in the
 * assignment and the broker passes it out. What the assignment says is between the clients.
 */
export class Group {
  readonly id: string;
  readonly #initialRebalanceDelayMs: number;
  readonly #members = new Map<string, Member>();
  readonly #announcedIds = new Map<string, NodeJS.Timeout>();
  #state: GroupState = "Empty";
  #generationId = 0;
  #protocolType = "";
  #protocolName = "";
  #leaderId = "";
  #rebalanceTimer: NodeJS.Timeout | undefined;
  /** The first members of an empty group are waited for, or each would cause a rebalance of its own. */
  #isInitialDelay = false;

  constructor(id: string, options: { initialRebalanceDelayMs: number }) {
    this.id = id;
    this.#initialRebalanceDelayMs = options.initialRebalanceDelayMs;
  }

  get state(): GroupState {
    return this.#state;
  }

  get protocolType(): string {
    return this.#protocolType;
  }

  get protocolName(): string {
    return this.#protocolName;
  }

  get members(): Member[] {
    return [...this.#members.values()];
  }

  /** Nothing is lost when this object is forgotten: committed offsets live elsewhere. */
  get isIdle(): boolean {
    return this.#members.size === 0 && this.#announcedIds.size === 0;
  }

  async join(request: JoinRequest): Promise<JoinResult> {
    const memberId = request.memberId === "" ? `${request.clientId || "member"}-${randomUUID()}` : request.memberId;
    const refusal = this.#refuseJoin(request, memberId);
    if (refusal !== ErrorCode.NONE) return failedJoin(refusal, memberId);
    this.#forgetAnnounced(memberId);
    this.#protocolType = request.protocolType;

    const known = this.#members.get(memberId);
    const hasChanged = known ? known.update(request) : true;
    const member = known ?? this.#addMember(memberId, request);
    member.touch();
    const keepsAssignment =
      this.#state === "CompletingRebalance" || (this.#state === "Stable" && memberId !== this.#leaderId);
    if (!hasChanged && keepsAssignment) return this.#joined(member);

    member.answerJoin(failedJoin(ErrorCode.UNKNOWN_MEMBER_ID, memberId));
    const answer = member.waitToJoin();
    if (this.#state === "PreparingRebalance") this.#completeIfAllJoined();
    else this.#beginRebalance();
    return answer;
  }

  async sync(request: SyncRequest): Promise<SyncResult> {
    const errorCode = this.check(request.memberId, request.generationId);
    if (errorCode !== ErrorCode.NONE) return failedSync(errorCode);
    if (this.#state === "PreparingRebalance") return failedSync(ErrorCode.REBALANCE_IN_PROGRESS);
    const member = this.#members.get(request.memberId)!;
    member.touch();
    if (this.#state === "Stable") return this.#synced(member);
    const answer = member.waitToSync();
    if (member.id === this.#leaderId) this.#assign(request.assignments);
    return answer;
  }

  heartbeat(memberId: string, generationId: number): ErrorCode {
    const errorCode = this.check(memberId, generationId);
    if (errorCode !== ErrorCode.NONE) return errorCode;
    this.#members.get(memberId)!.touch();
    return this.#state === "PreparingRebalance" ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
  }

  leave(memberId: string): ErrorCode {
    if (this.#forgetAnnounced(memberId)) return ErrorCode.NONE;
    const member = this.#members.get(memberId);
    if (!member) return ErrorCode.UNKNOWN_MEMBER_ID;
    this.#remove(member);
    return ErrorCode.NONE;
  }

  /** Whether a member may speak for the group in this generation. */
  check(memberId: string, generationId: number): ErrorCode {
    if (!this.#members.has(memberId)) return ErrorCode.UNKNOWN_MEMBER_ID;
    return generationId === this.#generationId ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
  }

  close(): void {
    clearTimeout(this.#rebalanceTimer);
    for (const timer of this.#announcedIds.values()) clearTimeout(timer);
    for (const member of this.#members.values()) member.dispose();
  }

  #refuseJoin(request: JoinRequest, memberId: string): ErrorCode {
    const isKnown = this.#members.has(memberId);
    if (request.memberId !== "" && !isKnown && !this.#announcedIds.has(memberId)) return ErrorCode.UNKNOWN_MEMBER_ID;
    if (!isKnown && this.#members.size + this.#announcedIds.size >= MEMBERS_MAX) {
      return ErrorCode.GROUP_MAX_SIZE_REACHED;
    }
    const others = this.members.filter((member) => member.id !== memberId);
    const isCompatible = request.protocols.some(({ name }) => others.every((member) => member.supports(name)));
    const isSameType = others.length === 0 || request.protocolType === this.#protocolType;
    if (!isCompatible || !isSameType) return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    if (request.memberId !== "" || !request.needsKnownId) return ErrorCode.NONE;
    const forget = () => this.#announcedIds.delete(memberId);
    this.#announcedIds.set(memberId, setTimeout(forget, request.sessionTimeoutMs));
    return ErrorCode.MEMBER_ID_REQUIRED;
  }

  #addMember(id: string, request: JoinRequest): Member {
    const member: Member = new Member({ ...request, id }, request, () => this.#remove(member));
    this.#members.set(id, member);
    return member;
  }

  #beginRebalance(): void {
    this.#isInitialDelay = this.#state === "Empty";
    this.#state = "PreparingRebalance";
    for (const member of this.members) member.answerSync(failedSync(ErrorCode.REBALANCE_IN_PROGRESS));
    const longestMs = Math.max(0, ...this.members.map((member) => member.rebalanceTimeoutMs));
    clearTimeout(this.#rebalanceTimer);
    this.#rebalanceTimer = setTimeout(
      () => this.#completeRebalance(),
      this.#isInitialDelay ? this.#initialRebalanceDelayMs : longestMs,
    );
    this.#completeIfAllJoined();
  }

  #completeIfAllJoined(): void {
    if (!this.#isInitialDelay && this.members.every((member) => member.isWaitingToJoin)) this.#completeRebalance();
  }

  /** Those who did not join in time are out. */
  #completeRebalance(): void {
    clearTimeout(this.#rebalanceTimer);
    this.#isInitialDelay = false;
    for (const member of this.members) if (!member.isWaitingToJoin) this.#drop(member);
    this.#generationId++;
    const { members } = this;
    if (members.length === 0) {
      this.#state = "Empty";
      this.#leaderId = "";
      return;
    }
    const leader = this.#members.get(this.#leaderId) ?? members[0]!;
    this.#leaderId = leader.id;
    const shared = leader.protocols.find(({ name }) => members.every((member) => member.supports(name)));
    this.#protocolName = shared?.name ?? "";
    this.#state = "CompletingRebalance";
    for (const member of members) {
      member.touch();
      member.answerJoin(this.#joined(member));
    }
  }

  #assign(assignments: SyncRequest["assignments"]): void {
    const byMember = new Map(assignments.map(({ memberId, assignment }) => [memberId, Buffer.from(assignment)]));
    this.#state = "Stable";
    for (const member of this.members) {
      member.assignment = byMember.get(member.id) ?? Buffer.alloc(0);
      member.answerSync(this.#synced(member));
    }
  }

  #remove(member: Member): void {
    this.#drop(member);
    if (this.#state === "Stable" || this.#state === "CompletingRebalance") this.#beginRebalance();
    else this.#completeIfAllJoined();
  }

  #drop(member: Member): void {
    member.dispose();
    member.answerJoin(failedJoin(ErrorCode.UNKNOWN_MEMBER_ID, member.id));
    member.answerSync(failedSync(ErrorCode.UNKNOWN_MEMBER_ID));
    this.#members.delete(member.id);
  }

  #forgetAnnounced(memberId: string): boolean {
    clearTimeout(this.#announcedIds.get(memberId));
    return this.#announcedIds.delete(memberId);
  }

  #joined(member: Member): JoinResult {
    const isLeader = member.id === this.#leaderId;
    return {
      errorCode: ErrorCode.NONE,
      generationId: this.#generationId,
      protocolType: this.#protocolType,
      protocolName: this.#protocolName,
      leader: this.#leaderId,
      memberId: member.id,
      members: isLeader
        ? this.members.map((other) => ({ memberId: other.id, metadata: other.metadataFor(this.#protocolName) }))
        : [],
    };
  }

  #synced(member: Member): SyncResult {
    return {
      errorCode: ErrorCode.NONE,
      protocolType: this.#protocolType,
      protocolName: this.#protocolName,
      assignment: member.assignment,
    };
  }
}

function failedJoin(errorCode: ErrorCode, memberId: string): JoinResult {
  return { errorCode, generationId: -1, protocolType: null, protocolName: "", leader: "", memberId, members: [] };
}

function failedSync(errorCode: ErrorCode): SyncResult {
  return { errorCode, protocolType: null, protocolName: null, assignment: Buffer.alloc(0) };
}
