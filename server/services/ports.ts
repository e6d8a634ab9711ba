import type { DeadLetter, DeadLetterAttempt, DeadLetterStatus } from "../contracts/dead-letter.ts";
import type { SnapshotChange } from "../contracts/snapshot.ts";
import type { ApiKeyWriter } from "./api-key/port.ts";
import type { DeadLetterGroups, DeadLetterRuns } from "./dead-letter/port.ts";
import type { ExportWriter } from "./export/port.ts";
import type { FenceWriter } from "./fence/port.ts";
import type { NoteWriter } from "./handover/port.ts";
import type { PersonWriter } from "./person/port.ts";
import type { ViewWriter } from "./saved-view/port.ts";
import type { SettingWriter } from "./setting/port.ts";
import type { SiteWriter } from "./site/port.ts";
import type { SourceMappingWriter } from "./source/port.ts";
import type { VehicleProfileWriter } from "./vehicle-profile/port.ts";

/** What the verbs need of the store. The store provides these shapes; wire.ts joins the two. */

export type RecordPosition = { topic: string; partition: number; offset: bigint };
export type StoredRecordRef = RecordPosition & { timestamp: Date };

export type SnapshotId = { system: string; entity: string; key: string };

export type StoredSnapshot = SnapshotId & {
  image: Record<string, unknown>;
  deleted: boolean;
  stale: boolean;
  position: string;
  record: StoredRecordRef;
};

export type StoredChange = {
  id: bigint;
  operation: SnapshotChange["operation"];
  position: string;
  commitTime: Date;
  fields: Record<string, unknown>;
  late: boolean;
  record: StoredRecordRef;
};

export type StoredDeadLetter = {
  record: StoredRecordRef;
  lane: DeadLetter["lane"];
  connector: string;
  stage: DeadLetter["stage"];
  reason: string;
  message: string;
  fields: DeadLetter["fields"];
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Record<string, string>;
  sizeBytes: number;
  status: DeadLetterStatus;
  attempts: DeadLetterAttempt[];
  createdAt: Date;
};

export type DeadLetterPlace = { createdAt: Date } & RecordPosition;

export type DeadLetterFilter = { status?: DeadLetterStatus; reason?: string; topic?: string };

export type DeadLetterReader = DeadLetterGroups & {
  get(position: RecordPosition): Promise<StoredDeadLetter | null>;
  /** Newest first, after `after`. May return fewer than `limit` when their bytes are many; `more` says there are others. */
  list(
    filter: DeadLetterFilter,
    options: { after: DeadLetterPlace | null; limit: number },
  ): Promise<{ deadLetters: StoredDeadLetter[]; more: boolean }>;
};

export type DeadLetterWriter = DeadLetterRuns & {
  get(position: RecordPosition): Promise<StoredDeadLetter | null>;
  /** Moves an open dead letter on and notes the attempt. Returns `false`, changing nothing, when it is not open. */
  settle(
    position: RecordPosition,
    status: Exclude<DeadLetterStatus, "open">,
    attempt: DeadLetterAttempt,
  ): Promise<boolean>;
  /** Opens a discarded one again and notes the attempt. Returns `false`, changing nothing, when it is not discarded. */
  reopen(position: RecordPosition, attempt: DeadLetterAttempt): Promise<boolean>;
};

/** A record to produce once the transaction has committed. */
export type QueuedRecord = {
  topic: string;
  partition: number | null;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Record<string, string>;
};

/** `before` and `after` hold what changed, as JSON. Never a password, a token or a key. */
export type AuditEntry = { actor: string; action: string; subject: string; before?: object; after?: object };
export type Audit = (entry: AuditEntry) => Promise<void>;

/** What a verb may write, all of it or nothing. */
export type Transaction = {
  deadLetters: DeadLetterWriter;
  sourceMapping: SourceMappingWriter;
  people: PersonWriter;
  apiKeys: ApiKeyWriter;
  exports: ExportWriter;
  views: ViewWriter;
  notes: NoteWriter;
  settings: SettingWriter;
  sites: SiteWriter;
  fences: FenceWriter;
  vehicleProfiles: VehicleProfileWriter;
  queue(records: readonly QueuedRecord[]): Promise<void>;
  audit: Audit;
  /** Many entries at once, for a verb that changes thousands of things. */
  auditAll(entries: readonly AuditEntry[]): Promise<void>;
};

export type RunTransaction = <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;
