import { AppError } from "../platform/errors.ts";
import type { Actor } from "../services/actor.ts";
import type { Audit } from "../services/ports.ts";
import type { Auth } from "../services/tower.ts";
import type { AuthLibrary } from "./better-auth.ts";
import { isDemoUser } from "./demo-users.ts";
import { actorOf, isRefusal } from "./library-user.ts";

type SessionsDeps = { library: AuthLibrary; audit: Audit; isDemo: boolean };

/** Who a cookie stands for, and the end of it. */
export function createSessions({ library, audit, isDemo }: SessionsDeps): Pick<Auth, "sessionOf" | "signOut"> {
  async function sessionOf(headers: Headers): Promise<Actor | null> {
    // Without a cookie there is nothing to look up; most requests by key end here.
    if (!headers.has("cookie")) return null;
    try {
      const session = await library.api.getSession({ headers, query: { disableRefresh: true } });
      if (!session || session.user.banned) return null;
      if (isDemoUser(session.user.email) && !isDemo) return null;
      return actorOf(session.user);
    } catch (error) {
      if (isRefusal(error)) return null;
      throw databaseAway(error);
    }
  }

  async function signOut(headers: Headers): Promise<{ cookies: string[] }> {
    const actor = await sessionOf(headers);
    const { headers: answer } = await library.api.signOut({ headers, returnHeaders: true });
    if (actor) await audit({ actor: actor.id, action: "session.sign_out", subject: actor.id });
    return { cookies: answer.getSetCookie() };
  }

  return { sessionOf, signOut };
}

/** The library hides why it failed. Here it has but one dependency. */
function databaseAway(error: unknown): AppError {
  return new AppError("unavailable", "sessions cannot be read", {
    cause: error,
    fields: [{ path: "/database", message: "does not answer" }],
    retryAfterS: 5,
  });
}
