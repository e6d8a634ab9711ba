import type { ErrorCode } from "../protocol/error-codes.ts";

export type SupportedProtocol = { name: string; metadata: Buffer };

export type JoinResult = {
  errorCode: ErrorCode;
  generationId: number;
  protocolType: string | null;
  protocolName: string;
  leader: string;
  memberId: string;
  /** Only the leader is told of the others: it makes the assignment. */
  members: { memberId: string; metadata: Buffer }[];
};

export type SyncResult = {
  errorCode: ErrorCode;
  protocolType: string | null;
  protocolName: string | null;
  assignment: Buffer;
};

export type MemberSettings = { sessionTimeoutMs: number; rebalanceTimeoutMs: number; protocols: SupportedProtocol[] };

/** One consumer of a group, and the answers it is waiting for. */
export class Member {
  assignment = Buffer.alloc(0);
  readonly id: string;
  readonly clientId: string;
  readonly clientHost: string;
  readonly #onExpired: () => void;
  #settings: MemberSettings;
  #answerJoin: ((result: JoinResult) => void) | undefined;
  #answerSync: ((result: SyncResult) => void) | undefined;
  #sessionTimer: NodeJS.Timeout | undefined;

  constructor(
    identity: { id: string; clientId: string; clientHost: string },
    settings: MemberSettings,
    onExpired: () => void,
  ) {
    this.id = identity.id;
    this.clientId = identity.clientId;
    this.clientHost = identity.clientHost;
    this.#settings = settings;
    this.#onExpired = onExpired;
  }

  get rebalanceTimeoutMs(): number {
    return this.#settings.rebalanceTimeoutMs;
  }

  get protocols(): readonly SupportedProtocol[] {
    return this.#settings.protocols;
  }

  get isWaitingToJoin(): boolean {
    return this.#answerJoin !== undefined;
  }

  supports(protocolName: string): boolean {
    return this.protocols.some((protocol) => protocol.name === protocolName);
  }

  metadataFor(protocolName: string): Buffer {
    return this.protocols.find((protocol) => protocol.name === protocolName)?.metadata ?? Buffer.alloc(0);
  }

  /** Takes new settings; false if it supports just what it did, so that nothing has to be assigned anew. */
  update(settings: MemberSettings): boolean {
    const { protocols } = this;
    const isSame =
      protocols.length === settings.protocols.length &&
      protocols.every((protocol, index) => {
        const other = settings.protocols[index]!;
        return protocol.name === other.name && protocol.metadata.equals(other.metadata);
      });
    this.#settings = settings;
    return !isSame;
  }

  /** The session begins anew with every sign of life. */
  touch(): void {
    clearTimeout(this.#sessionTimer);
    this.#sessionTimer = setTimeout(() => {
      // While it waits for an answer of ours it cannot send a heartbeat, so silence proves nothing.
      if (this.#answerJoin || this.#answerSync) this.touch();
      else this.#onExpired();
    }, this.#settings.sessionTimeoutMs);
  }

  waitToJoin(): Promise<JoinResult> {
    return new Promise((resolve) => {
      this.#answerJoin = resolve;
    });
  }

  waitToSync(): Promise<SyncResult> {
    return new Promise((resolve) => {
      this.#answerSync = resolve;
    });
  }

  answerJoin(result: JoinResult): void {
    this.#answerJoin?.(result);
    this.#answerJoin = undefined;
  }

  answerSync(result: SyncResult): void {
    this.#answerSync?.(result);
    this.#answerSync = undefined;
  }

  dispose(): void {
    clearTimeout(this.#sessionTimer);
  }
}
