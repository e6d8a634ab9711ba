import { Role } from "../contracts/role.ts";
import { AppError } from "../platform/errors.ts";
import type { Logger } from "../platform/logger.ts";
import type { Actor } from "../services/actor.ts";
import type { Audit } from "../services/ports.ts";
import type { Auth, RateLimits, SignedIn, SignInInput } from "../services/tower.ts";
import { type BetterAuthDeps, configureBetterAuth } from "./better-auth.ts";
import { DEMO_USERS, isDemoUser } from "./demo-users.ts";
import { createFirstUsers, type FirstAdmin, type FirstUsers } from "./first-users.ts";
import type { UserStore } from "./ports.ts";
import { isFromThisMachine, remoteAddressOf } from "./remote-address.ts";

export type AuthDeps = BetterAuthDeps & {
  users: UserStore;
  audit: Audit;
  limits: RateLimits;
  logger: Logger;
  firstAdmin: FirstAdmin | null;
  /** The simulated world is on and the server listens on loopback only. */
  isDemo: boolean;
};

/** Sign-in, sessions and the first users. All refusals are `AppError`s and every sign-in, good or bad, is audited. */
export function createAuth(deps: AuthDeps): Auth & FirstUsers {
  const library = configureBetterAuth(deps);

  async function signIn(input: SignInInput, headers: Headers): Promise<SignedIn> {
    const email = input.email.toLowerCase();
    deps.limits.take("sign_in", remoteAddressOf(headers));
    deps.limits.take("sign_in_account", email);
    try {
      const { headers: answer, response } = await library.api.signInEmail({
        body: { ...input, email },
        headers: withoutCookies(headers),
        returnHeaders: true,
      });
      deps.limits.giveBack("sign_in", remoteAddressOf(headers));
      deps.limits.giveBack("sign_in_account", email);
      return await signedIn(response.user, answer, "session.sign_in");
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await deps.audit({ actor: "anonymous", action: "session.sign_in_failed", subject: `email:${email}` });
      throw new AppError("unauthenticated", "e-mail and password do not match", { cause: error });
    }
  }

  async function signOut(headers: Headers): Promise<{ cookies: string[] }> {
    const actor = await sessionOf(headers);
    const { headers: answer } = await library.api.signOut({ headers, returnHeaders: true });
    if (actor) await deps.audit({ actor: actor.id, action: "session.sign_out", subject: actor.id });
    return { cookies: answer.getSetCookie() };
  }

  async function sessionOf(headers: Headers): Promise<Actor | null> {
    // Without a cookie there is nothing to look up; most requests by key end here.
    if (!headers.has("cookie")) return null;
    try {
      const session = await library.api.getSession({ headers, query: { disableRefresh: true } });
      if (!session || session.user.banned) return null;
      if (isDemoUser(session.user.email) && !deps.isDemo) return null;
      return actorOf(session.user);
    } catch (error) {
      if (isRefusal(error)) return null;
      throw databaseAway(error);
    }
  }

  function demoRoles(headers: Headers): readonly Role[] {
    return deps.isDemo && isFromThisMachine(headers) ? Role.options : [];
  }

  async function demoSignIn(role: Role, headers: Headers): Promise<SignedIn> {
    const user = DEMO_USERS.find((each) => each.role === role);
    const userId = user && demoRoles(headers).includes(role) ? await deps.users.findIdByEmail(user.email) : null;
    if (userId === null) throw new AppError("not_found", "there is no demonstration here");
    const { headers: answer, response } = await library.api.openDemoSession({
      body: { userId },
      headers: withoutCookies(headers),
      returnHeaders: true,
    });
    return signedIn(response.user, answer, "session.demo_sign_in");
  }

  async function signedIn(user: LibraryUser, answer: Headers, action: string): Promise<SignedIn> {
    const actor = actorOf(user);
    await deps.users.forgetExpiredSessions();
    await deps.audit({ actor: actor.id, action, subject: actor.id, after: { email: user.email, role: actor.role } });
    return { actor, cookies: answer.getSetCookie() };
  }

  const createUser = async (user: { email: string; name: string; password: string; role: Role }) => {
    const made = await library.api.createUser({ body: user });
    return made.user.id;
  };
  return { signIn, signOut, sessionOf, demoRoles, demoSignIn, ...createFirstUsers({ ...deps, createUser }) };
}

type LibraryUser = { id: string; name: string; email: string; role?: string | null };

function actorOf(user: LibraryUser): Actor {
  // A role this version does not know may do nothing.
  const role = Role.safeParse(user.role);
  const { id, name, email } = user;
  return { kind: "user", id: `user:${id}`, name, email, role: role.success ? role.data : null };
}

/** An old session of this browser must not shape the new one (it would keep its "remember me"). */
function withoutCookies(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete("cookie");
  return copy;
}

/** The library hides why it failed. Here it has but one dependency. */
function databaseAway(error: unknown): AppError {
  return new AppError("unavailable", "sessions cannot be read", {
    cause: error,
    fields: [{ path: "/database", message: "does not answer" }],
    retryAfterS: 5,
  });
}

/** The library refuses by an error with a status below 500; everything else is a failure. */
function isRefusal(error: unknown): boolean {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === "number" && status < 500;
}
