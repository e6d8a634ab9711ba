import { type DeadLetter, deadLetterId } from "../contracts/dead-letter.ts";
import type { StoredDeadLetter } from "../services/ports.ts";
import { presentRecord } from "./present-record.ts";

/** The original bytes travel as base64: nobody knows what they are, that is why they were rejected. */
export function presentDeadLetter({ createdAt: _, key, value, record, ...rest }: StoredDeadLetter): DeadLetter {
  return {
    ...rest,
    id: deadLetterId(record),
    record: presentRecord(record),
    key: base64(key),
    value: base64(value),
  };
}

function base64(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes).toString("base64");
}
