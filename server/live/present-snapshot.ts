import type { Snapshot, SnapshotChange } from "../contracts/snapshot.ts";
import type { StoredChange, StoredSnapshot } from "../services/ports.ts";
import { presentRecord } from "./present-record.ts";

export function presentSnapshot(snapshot: StoredSnapshot): Snapshot {
  return { ...snapshot, record: presentRecord(snapshot.record) };
}

export function presentChange({ operation, position, commitTime, fields, late, record }: StoredChange): SnapshotChange {
  return { operation, position, time: commitTime.toISOString(), fields, late, record: presentRecord(record) };
}
