import type { DeadLetterAttempt } from "../../contracts/dead-letter.ts";
import { isoTime } from "../../platform/clock.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import type { StoredDeadLetter, Transaction } from "../ports.ts";
import { noSuchDeadLetter, positionOf } from "./position.ts";

export type Settlement = { id: string; status: "replayed" | "discarded"; comment?: string | undefined };

/**
 * Moves an open dead letter on, in the caller's transaction, and returns how it was and how it is. The write is
 * conditional on `open`, so of two people who do this at once one wins and the other is told.
 */
export async function settleDeadLetter(
  context: Context,
  transaction: Transaction,
  { id, status, comment }: Settlement,
): Promise<{ before: StoredDeadLetter; after: StoredDeadLetter }> {
  const position = positionOf(id);
  const before = await transaction.deadLetters.get(position);
  if (!before) throw noSuchDeadLetter();
  const attempt: DeadLetterAttempt = {
    time: isoTime(context.now()),
    actor: context.actor.email ?? context.actor.id,
    action: status,
    ...(comment === undefined ? {} : { comment }),
  };
  const moved = await transaction.deadLetters.settle(position, status, attempt);
  const after = await transaction.deadLetters.get(position);
  if (!after) throw noSuchDeadLetter();
  if (!moved) throw new AppError("conflict", `this dead letter is already ${after.status}`);
  return { before, after };
}
