import { Role } from "../contracts/role.ts";
import type { Actor } from "../services/actor.ts";

/** A user as better-auth hands it out. */
export type LibraryUser = { id: string; name: string; email: string; role?: string | null };

export function actorOf(user: LibraryUser): Actor {
  // A role this version does not know may do nothing.
  const role = Role.safeParse(user.role);
  const { id, name, email } = user;
  return { kind: "user", id: `user:${id}`, name, email, role: role.success ? role.data : null };
}

/** The library refuses by an error with a status below 500; everything else is a failure. */
export function isRefusal(error: unknown): boolean {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === "number" && status < 500;
}
