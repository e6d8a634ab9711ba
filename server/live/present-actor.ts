import { z } from "zod";
import { Role } from "../contracts/role.ts";
import type { Actor } from "../services/actor.ts";

/** Who is signed in, as the browser is told. */
export const SignedInUser = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: Role.nullable(),
});
export type SignedInUser = z.infer<typeof SignedInUser>;

export function presentActor({ id, name, email, role }: Actor): SignedInUser {
  return { id, name, email, role };
}
