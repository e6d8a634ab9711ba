import type { Role } from "../../contracts/role.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { makeLink } from "./link.ts";
import type { StoredInvitation } from "./port.ts";

export type InvitePersonInput = { email: string; name: string; role: Role };

/** Invites somebody new. The link is told once: whoever has it sets the password, so it goes to nobody else. */
export async function invitePerson(
  context: Context,
  input: InvitePersonInput,
): Promise<{ invitation: StoredInvitation; token: string }> {
  requireRole(context.actor, "admin");
  const email = input.email.toLowerCase();
  const { token, hash, expiresAt } = makeLink(context.now());
  const invitation = await context.transaction(async ({ people, audit }) => {
    if (await people.findByEmail(email))
      throw new AppError("conflict", "somebody with this e-mail address is here already", {
        fields: [{ path: "/email", message: "is taken" }],
      });
    const { name, role } = input;
    const added = await people.addInvitation({
      kind: "invite",
      email,
      name,
      role,
      expiresAt,
      hash,
      createdBy: context.actor.id,
    });
    const after = { email, name, role, expiresAt: expiresAt.toISOString() };
    await audit({ actor: context.actor.id, action: "person.invite", subject: `invitation:${added.id}`, after });
    return added;
  });
  return { invitation, token };
}

/** Takes an invitation back: its link no longer works. */
export async function revokeInvitation(context: Context, id: string): Promise<StoredInvitation> {
  requireRole(context.actor, "admin");
  return context.transaction(async ({ people, audit }) => {
    const revoked = await people.revokeInvitation(id);
    if (!revoked) throw new AppError("not_found", "no such invitation, or it is over");
    const before = { email: revoked.email, role: revoked.role };
    await audit({ actor: context.actor.id, action: "person.invite_revoke", subject: `invitation:${id}`, before });
    return revoked;
  });
}
