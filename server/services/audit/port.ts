/** A line of the audit trail as it is kept. */
export type StoredAuditEntry = {
  id: bigint;
  time: Date;
  actor: string;
  actorName: string | null;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
};

/** `action` and `subject` are beginnings, `actor` is an id; times include `from` and leave out `to`. */
export type AuditFilter = {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  fromMs?: number | undefined;
  toMs?: number | undefined;
};

export type AuditReader = {
  /** Newest first, older than the entry `beforeId` when it is given. */
  list(filter: AuditFilter, options: { beforeId: bigint | null; limit: number }): Promise<StoredAuditEntry[]>;
};
