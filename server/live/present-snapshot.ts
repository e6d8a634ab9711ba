import type { Snapshot, SnapshotChange, SnapshotRow } from "../contracts/snapshot.ts";
import type { StoredChange } from "../services/ports.ts";
import type { SnapshotView } from "../services/snapshot/get.ts";
import type { SnapshotRowView } from "../services/snapshot/port.ts";
import { presentRecord } from "./present-record.ts";

export function presentSnapshot({ provenance, ...snapshot }: SnapshotView): Snapshot {
  return {
    ...snapshot,
    record: presentRecord(snapshot.record),
    provenance: Object.fromEntries(
      Object.entries(provenance).map(([name, { position, commitTime, record }]) => [
        name,
        { position, time: commitTime?.toISOString() ?? null, record: record && presentRecord(record) },
      ]),
    ),
  };
}

export function presentChange({ operation, position, commitTime, fields, late, record }: StoredChange): SnapshotChange {
  return { operation, position, time: commitTime.toISOString(), fields, late, record: presentRecord(record) };
}

export function presentSnapshotRow(
  { image, updatedAt, record, ...row }: SnapshotRowView,
  withImage = false,
): SnapshotRow {
  const shown = { ...row, label: labelOf(image), updatedAt: updatedAt.toISOString(), record: presentRecord(record) };
  return withImage ? { ...shown, image } : shown;
}

/** What a person may know a row by, the most telling first. */
const LABELS = ["NAME1", "MAKTX", "ARKTX", "TXZ01", "name", "Name", "Subject", "BSTNK", "PoNumber", "KUNNR", "MATNR"];
const MORE_LABELS = ["LIFNR", "SIGNI", "KNOTZ", "EDATU", "EINDT", "BWART", "WERKS", "Status", "kind"];
const LABEL_LENGTH_MAX = 80;

function labelOf(image: Record<string, unknown>): string | null {
  for (const name of [...LABELS, ...MORE_LABELS]) {
    const value = image[name];
    if (typeof value === "string" && value.trim() !== "") return value.slice(0, LABEL_LENGTH_MAX);
  }
  return null;
}
