import type { Context } from "../context.ts";
import type { StoredDeadLetter } from "../ports.ts";
import { requireRole } from "../require-role.ts";
import { noSuchDeadLetter, positionOf } from "./position.ts";

export async function getDeadLetter(context: Context, { id }: { id: string }): Promise<StoredDeadLetter> {
  requireRole(context.actor, "admin");
  const deadLetter = await context.deadLetters.get(positionOf(id));
  if (!deadLetter) throw noSuchDeadLetter();
  return deadLetter;
}
