import { Role } from "../contracts/role.ts";
import { AppError } from "../platform/errors.ts";
import type { Actor } from "./actor.ts";

/** Roles are ordered: whoever has a higher one may do what a lower one may. */
export function hasRole(actor: Pick<Actor, "role">, needed: Role): boolean {
  if (actor.role === null) return false;
  return Role.options.indexOf(actor.role) >= Role.options.indexOf(needed);
}

/** The first line of every verb, so that no way in (page, API, socket, agent) can forget it. */
export function requireRole(actor: Actor, needed: Role): void {
  if (hasRole(actor, needed)) return;
  if (actor.kind === "anonymous") throw new AppError("unauthenticated", "sign in, or send an API key");
  throw new AppError("forbidden", `this needs the role ${needed}, yours is ${actor.role ?? "none"}`);
}
