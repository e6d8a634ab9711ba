import { Role } from "../contracts/role.ts";
import { AppError } from "../platform/errors.ts";
import type { Audit } from "../services/ports.ts";
import type { Auth, RateLimits, SignedIn, SignInInput } from "../services/tower.ts";
import type { AuthLibrary } from "./better-auth.ts";
import { DEMO_USERS } from "./demo-users.ts";
import { actorOf, isRefusal, type LibraryUser } from "./library-user.ts";
import type { UserStore } from "./ports.ts";
import { isFromThisMachine, remoteAddressOf } from "./remote-address.ts";

type SignInDeps = { library: AuthLibrary; users: UserStore; audit: Audit; limits: RateLimits; isDemo: boolean };

/** A session for somebody who has proved who they are by other means than a password. */
export type OpenSession = { openSession(userId: string, action: string, headers: Headers): Promise<SignedIn> };

/** The two ways in: e-mail with password, and for a demonstration a role. Each try leaves its line in the audit trail. */
export function createSignIn(deps: SignInDeps): Pick<Auth, "signIn" | "demoRoles" | "demoSignIn"> & OpenSession {
  const { library, users, audit, limits, isDemo } = deps;

  async function signIn(input: SignInInput, headers: Headers): Promise<SignedIn> {
    const email = input.email.toLowerCase();
    limits.take("sign_in", remoteAddressOf(headers));
    limits.take("sign_in_account", email);
    try {
      const { headers: answer, response } = await library.api.signInEmail({
        body: { ...input, email },
        headers: withoutCookies(headers),
        returnHeaders: true,
      });
      limits.giveBack("sign_in", remoteAddressOf(headers));
      limits.giveBack("sign_in_account", email);
      return await signedIn(response.user, answer, "session.sign_in");
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await audit({ actor: "anonymous", action: "session.sign_in_failed", subject: `email:${email}` });
      throw new AppError("unauthenticated", "e-mail and password do not match", { cause: error });
    }
  }

  function demoRoles(headers: Headers): readonly Role[] {
    return isDemo && isFromThisMachine(headers) ? Role.options : [];
  }

  async function demoSignIn(role: Role, headers: Headers): Promise<SignedIn> {
    const user = DEMO_USERS.find((each) => each.role === role);
    const userId = user && demoRoles(headers).includes(role) ? await users.findIdByEmail(user.email) : null;
    if (userId === null) throw new AppError("not_found", "there is no demonstration here");
    return openSession(userId, "session.demo_sign_in", headers);
  }

  async function openSession(userId: string, action: string, headers: Headers): Promise<SignedIn> {
    const { headers: answer, response } = await library.api.openSession({
      body: { userId },
      headers: withoutCookies(headers),
      returnHeaders: true,
    });
    return signedIn(response.user, answer, action);
  }

  async function signedIn(user: LibraryUser, answer: Headers, action: string): Promise<SignedIn> {
    const actor = actorOf(user);
    await users.forgetExpiredSessions();
    await audit({ actor: actor.id, action, subject: actor.id, after: { email: user.email, role: actor.role } });
    return { actor, cookies: answer.getSetCookie() };
  }

  return { signIn, demoRoles, demoSignIn, openSession };
}

/** An old session of this browser must not shape the new one (it would keep its "remember me"). */
function withoutCookies(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete("cookie");
  return copy;
}
