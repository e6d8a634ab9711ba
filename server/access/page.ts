import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Role } from "../contracts/role.ts";
import type { Actor } from "../services/actor.ts";
import type { Context } from "../services/context.ts";
import { hasRole } from "../services/require-role.ts";
import { getTower } from "../services/tower.ts";
import { safeNextPath } from "./next-path.ts";
import { PATH_HEADER } from "./page-headers.ts";

/** Who looks at this page, or `null` when nobody has signed in. Layout and page ask, the session is read once. */
export const currentActor = cache(async (): Promise<Actor | null> => getTower().auth.sessionOf(await headers()));

/**
 * The guard of every page but sign-in. Without a session it sends the visitor to sign in and back again. `isAllowed` is
 * `false` when the role is too low: the page then shows that, and reads nothing.
 */
export async function requirePageActor(role: Role): Promise<{ actor: Actor; isAllowed: boolean; context: Context }> {
  const actor = await currentActor();
  if (!actor) redirect(`/sign-in?next=${encodeURIComponent(safeNextPath((await headers()).get(PATH_HEADER)))}`);
  return { actor, isAllowed: hasRole(actor, role), context: getTower().context(actor) };
}
