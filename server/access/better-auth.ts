import { createHash } from "node:crypto";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { admin } from "better-auth/plugins";
import { createAccessControl } from "better-auth/plugins/access";
import { adminAc, defaultStatements } from "better-auth/plugins/admin/access";
import { z } from "zod";
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "../contracts/password.ts";
import type { Logger } from "../platform/logger.ts";
import { REMOTE_ADDRESS_HEADER } from "./remote-address.ts";

const SESSION_S = 12 * 3_600;

export type BetterAuthDeps = {
  tables: NonNullable<BetterAuthOptions["database"]>;
  secret: string;
  baseUrl: string;
  isSecure: boolean;
  logger: Logger;
};

const control = createAccessControl(defaultStatements);
const roles = {
  planner: control.newRole({}),
  manager: control.newRole({}),
  admin: control.newRole(adminAc.statements),
};

/**
 * The library behind sign-in. None of its own HTTP endpoints is served: each route of the tower calls the one function
 * it needs, and origin, rate and size are checked there.
 */
export function configureBetterAuth(deps: BetterAuthDeps) {
  return betterAuth({
    appName: "Wheelhouse",
    baseURL: deps.baseUrl,
    secret: deps.secret,
    database: deps.tables,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    // Who is not to be kept signed in loses the cookie with the browser, and the session all the same after this time.
    session: { expiresIn: SESSION_S, disableSessionRefresh: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      useSecureCookies: deps.isSecure,
      cookiePrefix: cookiePrefix(deps.secret),
      database: { generateId: false },
      ipAddress: { ipAddressHeaders: [REMOTE_ADDRESS_HEADER] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({ data: { ...session, expiresAt: new Date(Date.now() + SESSION_S * 1_000) } }),
        },
      },
    },
    logger: {
      level: "error",
      log: (level, message) => deps.logger[level === "error" ? "error" : "debug"](`sign-in: ${message}`),
    },
    plugins: [
      admin({ ac: control, roles, defaultRole: "planner", adminRoles: ["admin"] }),
      { id: "open-session", endpoints: { openSession } },
    ],
  });
}

export type AuthLibrary = ReturnType<typeof configureBetterAuth>;

/** Two towers on one machine share a host name, and so a cookie jar: the name keeps their sessions apart. */
function cookiePrefix(secret: string): string {
  return `wheelhouse-${createHash("sha256").update(`cookie:${secret}`).digest("hex").slice(0, 8)}`;
}

/** A session without a password; never reachable by HTTP. The caller has checked that it may be. */
const openSession = createAuthEndpoint.serverOnly(
  { method: "POST", body: z.object({ userId: z.string() }), requireHeaders: true },
  async (context) => {
    const user = await context.context.internalAdapter.findUserById(context.body.userId);
    if (!user) throw context.error("NOT_FOUND");
    const session = await context.context.internalAdapter.createSession(user.id, true);
    await setSessionCookie(context, { session, user }, true);
    return context.json({ user });
  },
);
