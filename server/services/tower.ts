import type { LaneStatus } from "../contracts/lane.ts";
import type { Role } from "../contracts/role.ts";
import { AppError } from "../platform/errors.ts";
import type { Actor } from "./actor.ts";
import type { Context } from "./context.ts";
import type { HealthFacts } from "./health/check.ts";

export type SignInInput = { email: string; password: string; rememberMe: boolean };
/** `cookies` are values for `Set-Cookie`, each as it is. */
export type SignedIn = { actor: Actor; cookies: string[] };

/** Sign-in and sessions. Every refusal is an `AppError`; nothing throws because of what a cookie holds. */
export type Auth = {
  signIn(input: SignInInput, headers: Headers): Promise<SignedIn>;
  signOut(headers: Headers): Promise<{ cookies: string[] }>;
  sessionOf(headers: Headers): Promise<Actor | null>;
  /** The roles that may be tried without a password, none unless this is a demonstration on the visitor's machine. */
  demoRoles(headers: Headers): readonly Role[];
  demoSignIn(role: Role, headers: Headers): Promise<SignedIn>;
};

/** Sign-in by an OpenID Connect provider, where an admin has set one. */
export type OidcSignIn = {
  /** What the button says; `null` where there is none. */
  label(): Promise<string | null>;
  /** Where to send the browser, and the cookie that waits for its return. */
  start(next: string | null): Promise<{ url: string; cookie: string }>;
  /** Takes the browser back in, given the query it came with. */
  finish(query: string, headers: Headers): Promise<SignedIn & { next: string }>;
};

/** What is counted by whom: calls by actor, those of strangers by address, tries to sign in by address and by account. */
export type RateLimitName = "actor" | "address" | "sign_in" | "sign_in_account";

export type RateLimits = {
  /** Takes one token of this key. Throws `too_many_requests` with the time to wait when there is none. */
  take(limit: RateLimitName, key: string): void;
  /** Gives one back, when what it was taken for turned out to be harmless. */
  giveBack(limit: RateLimitName, key: string): void;
};

/** What one process serves to pages and API. There is one, made by the composition root. */
export type Tower = {
  version: string;
  /** Whether browsers reach it by https: then cookies are secure and HSTS is sent. */
  isSecure: boolean;
  isDevelopment: boolean;
  /** Base of the links that people are sent. */
  publicUrl: string;
  auth: Auth;
  oidc: OidcSignIn;
  context(actor: Actor): Context;
  /** Whose key this is, or `null`. Compared in constant time. */
  actorOfKey(key: string): Actor | null;
  /** Whether a browser's page of this origin may change things here, given the Host it was sent to. */
  isOwnOrigin(origin: string, host: string | null): boolean;
  limits: RateLimits;
  lanes(): LaneStatus[];
  health(): Promise<HealthFacts>;
  /** The state of everything in the Prometheus text format. */
  metrics(): Promise<{ contentType: string; text: string }>;
  /** The dependency that made an operation fail, if that is why. */
  failedDependency(error: unknown): "database" | null;
  /** For what nobody expected: keeps the error under a reference that can be told to the caller. */
  reportDefect(reference: string, error: unknown, where: string): void;
};

// Next bundles its own copy of every module, so what is shared between it and the server process hangs on globalThis.
const KEY = Symbol.for("wheelhouse.tower");
const shared = globalThis as { [KEY]?: Tower | undefined };

export function setTower(tower: Tower | undefined): void {
  shared[KEY] = tower;
}

/** Throws `unavailable` while the server is starting or stopping. */
export function getTower(): Tower {
  const tower = shared[KEY];
  if (!tower) throw new AppError("unavailable", "the tower is starting");
  return tower;
}
