import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { hashOfToken } from "./link.ts";
import type { StoredInvitation } from "./port.ts";

/** What a link is for. Anybody who holds it may ask. */
export async function showInvitation(context: Context, token: string): Promise<StoredInvitation> {
  const invitation = await context.people.invitationOf(hashOfToken(token), new Date(context.now()));
  if (!invitation) throw linkIsOver();
  return invitation;
}

/** Uses a link: makes the account with this password, or gives the account this password. A link works once. */
export async function acceptInvitation(
  context: Context,
  { token, password }: { token: string; password: string },
): Promise<{ email: string }> {
  // Hashing is slow on purpose: it stays outside the transaction, and only who holds a link causes it.
  await showInvitation(context, token);
  const passwordHash = await context.hashPassword(password);
  return context.transaction(async ({ people, audit }) => {
    const invitation = await people.takeInvitation(hashOfToken(token), new Date(context.now()));
    if (!invitation) throw linkIsOver();
    const { email, name, role, kind } = invitation;
    const known = await people.findByEmail(email);
    if (kind === "reset" ? known === null || known.isBlocked : known !== null) throw linkIsOver();
    const id = await people.setPassword({ email, name, role, passwordHash });
    await people.endSessions(id);
    const action = kind === "invite" ? "person.join" : "person.password";
    await audit({ actor: `user:${id}`, action, subject: `user:${id}`, after: { email } });
    return { email };
  });
}

const linkIsOver = () => new AppError("not_found", "this link was used, taken back, or is too old");
