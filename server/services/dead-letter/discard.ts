import type { Context } from "../context.ts";
import type { StoredDeadLetter } from "../ports.ts";
import { requireRole } from "../require-role.ts";
import { settleDeadLetter } from "./settle.ts";

export type DiscardDeadLetterInput = { id: string; comment?: string | undefined };

/** Says that a rejected record needs nothing more. It stays where it is, with who said so and why. */
export async function discardDeadLetter(context: Context, input: DiscardDeadLetterInput): Promise<StoredDeadLetter> {
  requireRole(context.actor, "admin");
  return context.transaction(async (transaction) => {
    const { before, after } = await settleDeadLetter(context, transaction, { ...input, status: "discarded" });
    await transaction.audit({
      actor: context.actor.id,
      action: "dead_letter.discard",
      subject: `dead-letter:${input.id}`,
      before: { status: before.status },
      after: { status: after.status, comment: input.comment },
    });
    return after;
  });
}
