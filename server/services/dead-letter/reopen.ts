import type { DeadLetterAttempt } from "../../contracts/dead-letter.ts";
import { isoTime } from "../../platform/clock.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import type { StoredDeadLetter } from "../ports.ts";
import { requireRole } from "../require-role.ts";
import { noSuchDeadLetter, positionOf } from "./position.ts";

export type ReopenDeadLetterInput = { id: string; comment?: string | undefined };

/** Takes back that a rejected record was discarded. One that was replayed is out of hand and cannot be taken back. */
export async function reopenDeadLetter(context: Context, input: ReopenDeadLetterInput): Promise<StoredDeadLetter> {
  requireRole(context.actor, "admin");
  const { id, comment } = input;
  const position = positionOf(id);
  return context.transaction(async (transaction) => {
    const attempt: DeadLetterAttempt = {
      time: isoTime(context.now()),
      actor: context.actor.email ?? context.actor.id,
      action: "reopened",
      ...(comment === undefined ? {} : { comment }),
    };
    const moved = await transaction.deadLetters.reopen(position, attempt);
    const after = await transaction.deadLetters.get(position);
    if (!after) throw noSuchDeadLetter();
    if (!moved) throw new AppError("conflict", `this dead letter is ${after.status}, not discarded`);
    await transaction.audit({
      actor: context.actor.id,
      action: "dead_letter.reopen",
      subject: `dead-letter:${id}`,
      before: { status: "discarded" },
      after: { status: after.status, comment },
    });
    return after;
  });
}
