import { deadLetterId } from "../../contracts/dead-letter.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { toReplay } from "./replay.ts";
import { settleDeadLetter } from "./settle.ts";

export type ReplayBatchInput = {
  reason: string;
  topic?: string | undefined;
  /** When the run began, the same in each of its calls: what is rejected again since then is not sent again. */
  startedAtMs: number;
  comment?: string | undefined;
};

const RECORDS_MAX = 100;
const BYTES_MAX = 8_000_000;

/**
 * Sends the next rejected records of a reason through the line once more, as they are, in one transaction. A run is this
 * call again and again until nothing remains; whoever leaves off cancels it, and loses nothing.
 */
export async function replayBatch(
  context: Context,
  input: ReplayBatchInput,
): Promise<{ replayed: number; remaining: number }> {
  requireRole(context.actor, "admin");
  const { reason, topic, comment } = input;
  // A run cannot begin later than now, or it would meet what it has sent itself.
  const startedAt = new Date(Math.min(input.startedAtMs, context.now()));
  return context.transaction(async (transaction) => {
    const bounds = { limit: RECORDS_MAX, bytesMax: BYTES_MAX };
    const { next, total } = await transaction.deadLetters.nextOf({ reason, topic, startedAt }, bounds);
    if (next.length === 0) return { replayed: 0, remaining: 0 };
    const ids = next.map(({ record }) => deadLetterId(record));
    for (const id of ids) await settleDeadLetter(context, transaction, { id, status: "replayed", comment });
    await transaction.queue(next.map((letter) => toReplay(letter, letter.value)));
    await transaction.audit({
      actor: context.actor.id,
      action: "dead_letter.replay_all",
      subject: `dead-letters:${reason}`,
      after: { reason, topic, comment, ids },
    });
    return { replayed: next.length, remaining: total - next.length };
  });
}
