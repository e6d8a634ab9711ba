import { deadLetterId } from "../../contracts/dead-letter.ts";
import { RECORD_BYTES_MAX } from "../../contracts/outcome.ts";
import { REPLAY_HEADERS, REPLAYS_TOPIC } from "../../contracts/topics.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import type { QueuedRecord, StoredDeadLetter } from "../ports.ts";
import { requireRole } from "../require-role.ts";
import { settleDeadLetter } from "./settle.ts";

/** `value` is the mended record; without it the original bytes go again. */
export type ReplayDeadLetterInput = { id: string; value?: Uint8Array | undefined; comment?: string | undefined };

/** Sends a rejected record through the line once more, by way of `tower.replays`, never back onto its source topic. */
export async function replayDeadLetter(context: Context, input: ReplayDeadLetterInput): Promise<StoredDeadLetter> {
  requireRole(context.actor, "admin");
  const mended = input.value;
  if (mended && mended.length > RECORD_BYTES_MAX) throw tooLarge();

  return context.transaction(async (transaction) => {
    const { id, comment } = input;
    const { before, after } = await settleDeadLetter(context, transaction, { id, status: "replayed", comment });
    await transaction.queue([toReplay(before, mended ?? before.value)]);
    await transaction.audit({
      actor: context.actor.id,
      action: "dead_letter.replay",
      subject: `dead-letter:${id}`,
      before: { status: before.status, ...(mended ? { value: base64(before.value) } : {}) },
      after: { status: after.status, comment, ...(mended ? { value: base64(mended) } : {}) },
    });
    return after;
  });
}

/** Same partition as the original, so that a vehicle's record meets its own state. Where there is none, the key decides. */
export function toReplay({ record, key, headers }: StoredDeadLetter, value: Uint8Array | null): QueuedRecord {
  return {
    topic: REPLAYS_TOPIC,
    partition: record.partition,
    key,
    value,
    headers: {
      ...headers,
      [REPLAY_HEADERS.deadLetter]: deadLetterId(record),
      [REPLAY_HEADERS.topic]: record.topic,
      [REPLAY_HEADERS.partition]: String(record.partition),
      [REPLAY_HEADERS.offset]: String(record.offset),
      [REPLAY_HEADERS.timestamp]: String(record.timestamp.getTime()),
    },
  };
}

const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString("base64");

function tooLarge(): AppError {
  return new AppError("invalid_input", "the mended record is too large", {
    fields: [{ path: "/value", message: `at most ${RECORD_BYTES_MAX} bytes once decoded` }],
  });
}
