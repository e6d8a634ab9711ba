import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { z } from "zod";
import type { Role } from "../contracts/role.ts";
import { AppError } from "../platform/errors.ts";
import type { Logger } from "../platform/logger.ts";
import type { Seal } from "../platform/seal.ts";
import type { Audit } from "../services/ports.ts";
import type { SettingReader } from "../services/setting/port.ts";
import { OIDC_SETTING, StoredOidc } from "../services/setting/sign-in.ts";
import type { SignedIn } from "../services/tower.ts";
import { isLoopback } from "./loopback.ts";
import { safeNextPath } from "./next-path.ts";

export const OIDC_CALLBACK = "/api/auth/oidc/callback";
const COOKIE = "wheelhouse-oidc";
const FLOW_S_MAX = 600;
const PROVIDER_S_MAX = 10;

/** What access needs to know and make of people who come by a provider. */
export type OidcUsers = {
  /** The account with this provider, or the person with this e-mail address; the account is linked to them. */
  findOrLink(account: { providerId: string; accountId: string; email: string }): Promise<OidcUser | null>;
  create(person: { providerId: string; accountId: string; email: string; name: string; role: Role }): Promise<OidcUser>;
};
export type OidcUser = { id: string; isBlocked: boolean };

export type OidcDeps = {
  settings: SettingReader;
  settingsSeal: Seal;
  flowSeal: Seal;
  users: OidcUsers;
  audit: Audit;
  /** Opens a session for a person who has proved who they are. */
  openSession(userId: string, action: string, headers: Headers): Promise<SignedIn>;
  redirectUri: string;
  isSecure: boolean;
  now(): number;
  logger: Logger;
};

const Flow = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  endsMs: z.number(),
});
const Claims = z.object({ email: z.email().max(254), email_verified: z.literal(true), name: z.string().optional() });

/** Sign-in by an OpenID Connect provider: authorization code with PKCE, state and nonce, kept in a sealed cookie. */
export function createOidc(deps: OidcDeps) {
  async function settingOf(): Promise<StoredOidc | null> {
    const stored = await deps.settings.get(OIDC_SETTING);
    const oidc = stored && StoredOidc.parse(stored.value);
    return oidc?.enabled ? oidc : null;
  }

  async function requireSetting(): Promise<StoredOidc> {
    const setting = await settingOf();
    if (!setting) throw new AppError("not_found", "there is no such way to sign in here");
    return setting;
  }

  async function configurationOf({ issuer, clientId, sealedSecret }: StoredOidc): Promise<Configuration> {
    const secret = sealedSecret === null ? undefined : (deps.settingsSeal.open(sealedSecret) ?? undefined);
    return discover(issuer, clientId, secret);
  }

  return {
    /** What the button says; `null` where there is none. */
    async label(): Promise<string | null> {
      return (await settingOf())?.label ?? null;
    },

    /** Why a provider cannot be used, in words; `null` when it can. */
    async check(issuer: string, clientId: string): Promise<string | null> {
      const problem = addressProblem(issuer);
      if (problem !== null) return problem;
      try {
        await discover(issuer, clientId, undefined);
        return null;
      } catch (error) {
        deps.logger.warn({ err: error, issuer }, "an OpenID Connect provider could not be read");
        return "its description could not be read at this address";
      }
    },

    /** Where to send the browser, and the cookie that waits for its return. */
    async start(next: string | null): Promise<{ url: string; cookie: string }> {
      const configuration = await configurationOf(await requireSetting());
      const flow = {
        ...{ state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() },
        next: safeNextPath(next),
        endsMs: deps.now() + FLOW_S_MAX * 1_000,
      };
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: deps.redirectUri,
        scope: "openid email profile",
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: "S256",
      });
      return { url: url.href, cookie: cookieOf(deps.flowSeal.seal(JSON.stringify(flow)), FLOW_S_MAX, deps.isSecure) };
    },

    /** Takes the browser back in. Throws `unauthenticated` or `forbidden` in words for the sign-in page. */
    async finish(query: string, headers: Headers): Promise<SignedIn & { next: string }> {
      const setting = await requireSetting();
      const flow = flowOf(headers, deps);
      const { claims, subject } = await provedBy(await configurationOf(setting), { flow, query, deps });
      const email = claims.email.toLowerCase();
      const account = { providerId: `oidc:${setting.issuer}`, accountId: subject, email };
      const user = (await deps.users.findOrLink(account)) ?? (await admit(setting, account, claims.name ?? email));
      if (user.isBlocked) throw new AppError("forbidden", "this account is blocked");
      const { actor, cookies } = await deps.openSession(user.id, "session.oidc_sign_in", headers);
      return { actor, cookies: [...cookies, cookieOf("", 0, deps.isSecure)], next: flow.next };
    },
  };

  async function admit(setting: StoredOidc, account: Parameters<OidcUsers["findOrLink"]>[0], name: string) {
    const domain = account.email.slice(account.email.lastIndexOf("@") + 1);
    if (!setting.domains.includes(domain)) {
      await deps.audit({ actor: "anonymous", action: "session.oidc_refused", subject: `email:${account.email}` });
      throw new AppError("forbidden", "nobody with this e-mail address is expected here");
    }
    const user = await deps.users.create({ ...account, name, role: setting.role });
    const after = { email: account.email, role: setting.role };
    await deps.audit({ actor: `user:${user.id}`, action: "person.join", subject: `user:${user.id}`, after });
    return user;
  }
}
export type Oidc = ReturnType<typeof createOidc>;

/** Only a provider on this very machine may be asked without encryption. */
function addressProblem(issuer: string): string | null {
  const { protocol, hostname } = new URL(issuer);
  if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return null;
  return "has to begin with https://";
}

function discover(issuer: string, clientId: string, secret: string | undefined): Promise<Configuration> {
  const server = new URL(issuer);
  const execute = server.protocol === "http:" && isLoopback(server.hostname) ? [allowInsecureRequests] : [];
  return discovery(server, clientId, secret, undefined, { execute, timeout: PROVIDER_S_MAX });
}

type Flow = z.infer<typeof Flow>;

function flowOf(headers: Headers, { flowSeal, now }: Pick<OidcDeps, "flowSeal" | "now">): Flow {
  const sealed = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(headers.get("cookie") ?? "")?.[1];
  const text = sealed === undefined ? null : flowSeal.open(sealed);
  const flow = text === null ? null : Flow.parse(JSON.parse(text));
  if (flow === null || flow.endsMs < now()) throw new AppError("unauthenticated", "this sign-in took too long");
  return flow;
}

type Proof = { flow: Flow; query: string; deps: Pick<OidcDeps, "redirectUri" | "logger"> };

async function provedBy(configuration: Configuration, { flow, query, deps }: Proof) {
  try {
    const url = new URL(deps.redirectUri);
    url.search = query;
    const tokens = await authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: flow.verifier,
      expectedState: flow.state,
      expectedNonce: flow.nonce,
    });
    const claims = tokens.claims();
    return { claims: Claims.parse(claims), subject: claims!.sub };
  } catch (error) {
    deps.logger.warn({ err: error }, "a sign-in by the provider was refused");
    throw new AppError("unauthenticated", "the provider did not confirm this sign-in", { cause: error });
  }
}

function cookieOf(value: string, maxAgeS: number, isSecure: boolean): string {
  const attributes = `Path=${OIDC_CALLBACK}; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  return `${COOKIE}=${value}; ${attributes}`;
}
