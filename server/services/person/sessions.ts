import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import type { StoredPersonSession } from "./port.ts";

/** Where somebody is signed in, newest first. */
export async function listPersonSessions(context: Context, id: string): Promise<StoredPersonSession[]> {
  requireRole(context.actor, "admin");
  if (!(await context.people.get(id))) throw new AppError("not_found", "no such person");
  return context.people.sessions(id, new Date(context.now()));
}

/** Signs somebody out, everywhere or in one browser. Open sockets follow within a minute. */
export async function endPersonSessions(
  context: Context,
  { id, sessionId }: { id: string; sessionId?: string | undefined },
): Promise<{ ended: number }> {
  requireRole(context.actor, "admin");
  return context.transaction(async ({ people, audit }) => {
    if (!(await people.lock(id))) throw new AppError("not_found", "no such person");
    const ended = await people.endSessions(id, sessionId);
    if (sessionId !== undefined && ended === 0) throw new AppError("not_found", "no such session, or it is over");
    await audit({ actor: context.actor.id, action: "person.end_sessions", subject: `user:${id}`, after: { ended } });
    return { ended };
  });
}
