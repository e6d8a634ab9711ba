import type { Contract } from "../../contracts/contract.ts";
import type { FailingField } from "../../contracts/dead-letter.ts";
import type { TopicMapping } from "../../contracts/source.ts";
import type { Change } from "../../domain/change.ts";
import type { StoredDeadLetter } from "../ports.ts";

export type DeadLetterGroupRow = {
  reason: string;
  topic: string;
  count: number;
  /** Of the same reason and topic since the first of them: counted, not kept. */
  notKept: number;
  newest: { topic: string; partition: number; offset: bigint };
  newestAt: Date;
  message: string;
};

/** Which open ones belong to one run of replays: what was rejected, or rejected again, since it began does not. */
export type ReplayRun = { reason: string; topic?: string | undefined; startedAt: Date };

export type DeadLetterGroups = {
  /** Open dead letters by reason and topic, the newest group first. */
  groups(): Promise<DeadLetterGroupRow[]>;
};

export type DeadLetterRuns = {
  /** The oldest of a run, as many as fit into `bytesMax` and `limit`, and how many the run has in all. */
  nextOf(
    run: ReplayRun,
    bounds: { limit: number; bytesMax: number },
  ): Promise<{ next: StoredDeadLetter[]; total: number }>;
};

export type TriedRecord = Pick<StoredDeadLetter, "record" | "key" | "value" | "headers">;

/** What the line would make of a record now. Nothing is stored or sent. */
export type RecordTrial = {
  outcome: "fits" | "ignored" | "rejected";
  reason: string | null;
  message: string | null;
  failing: FailingField[];
  contract: Contract | null;
  /** The record as JSON with every digit kept; `undefined` when it is no JSON. */
  document: unknown;
  /** Where the row stands in the document, as a JSON pointer; `null` when there is none. */
  rowPath: string | null;
  /** What it would change, for records that change rows. */
  changes: Change[];
  /** The vehicle a reading is of. */
  vehicleId: string | null;
};

export type TryRecord = (record: TriedRecord, mappings: readonly TopicMapping[]) => RecordTrial;
