import type { Role } from "../contracts/role.ts";

/**
 * Who asks. `id` is what the audit trail keeps: `user:<uuid>`, `api-key:<name>`, `system` or `anonymous`; it never
 * holds a secret. `role` is `null` for somebody who has not signed in, so every check refuses them.
 */
export type Actor = {
  kind: "user" | "api_key" | "system" | "anonymous";
  id: string;
  name: string;
  email: string | null;
  role: Role | null;
};

export const ANONYMOUS: Actor = { kind: "anonymous", id: "anonymous", name: "Anonymous", email: null, role: null };

/** What the tower does by itself: makes the first admin, closes the demo. */
export const SYSTEM: Actor = { kind: "system", id: "system", name: "Wheelhouse", email: null, role: "admin" };
