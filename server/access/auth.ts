import type { Audit } from "../services/ports.ts";
import type { Auth, RateLimits } from "../services/tower.ts";
import { type BetterAuthDeps, configureBetterAuth } from "./better-auth.ts";
import { createFirstUsers, type FirstAdmin, type FirstUsers } from "./first-users.ts";
import type { UserStore } from "./ports.ts";
import { createSessions } from "./sessions.ts";
import { createSignIn, type OpenSession } from "./sign-in.ts";

export type AuthDeps = BetterAuthDeps & {
  users: UserStore;
  audit: Audit;
  limits: RateLimits;
  firstAdmin: FirstAdmin | null;
  /** The simulated world is on and the server is there for this machine only. */
  isDemo: boolean;
};

/** Sign-in, sessions and the first users. All refusals are `AppError`s and every sign-in, good or bad, is audited. */
export function createAuth(deps: AuthDeps): Auth & FirstUsers & OpenSession {
  const library = configureBetterAuth(deps);
  const firstUsers = createFirstUsers({
    ...deps,
    createUser: async (user) => (await library.api.createUser({ body: user })).user.id,
  });
  return { ...createSignIn({ ...deps, library }), ...createSessions({ ...deps, library }), ...firstUsers };
}
