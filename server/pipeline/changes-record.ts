import type { Change, ChangeRecord, WideGap } from "../domain/change.ts";
import type { Rejection } from "./step.ts";

/** A record as it stands in the log; offsets are 64 bits wide. */
export type SourceRecord = ChangeRecord & {
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Record<string, string>;
};

/** What a record says: changes of rows, nothing (a tombstone, metadata), or why it cannot be read. */
export type Decoded =
  | { kind: "changes"; changes: Change[]; gaps: WideGap[] }
  | { kind: "ignored" }
  | { kind: "rejected"; rejection: Rejection };

/** A record on its way through the changes lane. */
export type ChangesRecord = {
  /** Its index in the chunk: what became of it is kept by place. */
  place: number;
  /** The record itself, or for a replay the one that it stands for. */
  record: SourceRecord;
  /** `topic~partition~offset` of the record on `tower.replays` that brought it; `null` when it came by itself. */
  replay: string | null;
};

/** A record whose changes go on to be stored. */
export type DecodedRecord = ChangesRecord & { changes: Change[]; gaps: WideGap[] };
