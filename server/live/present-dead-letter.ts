import { type DeadLetter, type DeadLetterGroup, deadLetterId } from "../contracts/dead-letter.ts";
import type { DeadLetterGroupRow } from "../services/dead-letter/port.ts";
import type { StoredDeadLetter } from "../services/ports.ts";
import { presentRecord } from "./present-record.ts";

/** The original bytes travel as base64: nobody knows what they are, that is why they were rejected. */
export function presentDeadLetter({ createdAt: _, ...deadLetter }: StoredDeadLetter): DeadLetter {
  const { key, value, record } = deadLetter;
  return {
    id: deadLetterId(record),
    ...deadLetter,
    record: presentRecord(record),
    key: base64(key),
    value: base64(value),
  };
}

export function presentDeadLetterGroup({ newest, newestAt, ...group }: DeadLetterGroupRow): DeadLetterGroup {
  return { ...group, newest: deadLetterId(newest), newestAt: newestAt.toISOString() };
}

function base64(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes).toString("base64");
}
