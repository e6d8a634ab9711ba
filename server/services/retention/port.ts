import type { Storage } from "../../contracts/storage.ts";
import type { RetentionDays, RetentionKind } from "../../domain/retention.ts";

/** What the retention job has done so far of a kind. */
export type RetentionRun = { removed: number; removedLast: number; finishedAt: Date | null };

export type StorageUse = { bytes: number; oldest: Date | null };

export type RetentionReader = {
  /** As an admin set them, or the defaults. */
  days(): Promise<RetentionDays>;
  /** How much room each kind takes, and how old its oldest is. */
  use(): Promise<Record<Storage["kinds"][number]["kind"], StorageUse>>;
  runs(): Promise<Map<RetentionKind, RetentionRun>>;
};
