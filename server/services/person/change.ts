import type { Role } from "../../contracts/role.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../ports.ts";
import { requireRole } from "../require-role.ts";
import { makeLink } from "./link.ts";
import type { StoredPerson } from "./port.ts";

type Versioned = { id: string; version: number };

/** Gives somebody another role. Their sessions end, so that no open page goes on with the old one. */
export function setPersonRole(context: Context, input: Versioned & { role: Role }): Promise<StoredPerson> {
  return change(context, input, async ({ people, audit }, person) => {
    if (person.role === "admin" && input.role !== "admin") await requireOtherAdmin(people, person);
    await people.setRole(person.id, input.role);
    await people.endSessions(person.id);
    await audit({
      actor: context.actor.id,
      action: "person.role",
      subject: `user:${person.id}`,
      before: { role: person.role },
      after: { role: input.role },
    });
  });
}

/** Shuts somebody out at once, or lets them in again (`reason` null). Nobody shuts themselves out. */
export function setPersonBlocked(
  context: Context,
  input: Versioned & { reason: string | null },
): Promise<StoredPerson> {
  return change(context, input, async ({ people, audit }, person) => {
    if (input.reason !== null && `user:${person.id}` === context.actor.id)
      throw new AppError("conflict", "you cannot block yourself");
    if (input.reason !== null && person.role === "admin") await requireOtherAdmin(people, person);
    await people.setBlocked(person.id, input.reason);
    if (input.reason !== null) await people.endSessions(person.id);
    await audit({
      actor: context.actor.id,
      action: input.reason === null ? "person.unblock" : "person.block",
      subject: `user:${person.id}`,
      before: { blocked: person.isBlocked },
      after: { blocked: input.reason !== null, reason: input.reason },
    });
  });
}

/** A link with which somebody sets a new password. Their sessions end; the old password works until it is used. */
export async function resetPersonPassword(
  context: Context,
  input: Versioned,
): Promise<{ person: StoredPerson; token: string; expiresAt: Date }> {
  const { token, hash, expiresAt } = makeLink(context.now());
  const person = await change(context, input, async ({ people, audit }, { id, email, name, role }) => {
    await people.addInvitation({
      ...{ kind: "reset", email, name, role: role ?? "planner", expiresAt, hash },
      createdBy: context.actor.id,
    });
    await people.endSessions(id);
    await audit({ actor: context.actor.id, action: "person.reset", subject: `user:${id}` });
  });
  return { person, token, expiresAt };
}

async function change(
  context: Context,
  { id, version }: Versioned,
  work: (transaction: Transaction, person: StoredPerson) => Promise<void>,
): Promise<StoredPerson> {
  requireRole(context.actor, "admin");
  return context.transaction(async (transaction) => {
    const person = await transaction.people.lock(id);
    if (!person) throw new AppError("not_found", "no such person");
    if (person.updatedAt.getTime() !== version) throw new AppError("conflict", "somebody has changed this meanwhile");
    await work(transaction, person);
    return (await transaction.people.lock(id))!;
  });
}

async function requireOtherAdmin(people: Transaction["people"], person: StoredPerson): Promise<void> {
  if ((await people.otherAdmins(person.id)) > 0) return;
  throw new AppError("conflict", "there has to be another admin first");
}
