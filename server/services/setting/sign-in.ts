import { z } from "zod";
import { type OidcInput, OidcSetting, type SignInSetting } from "../../contracts/sign-in-setting.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import type { StoredSetting } from "./port.ts";

export const OIDC_SETTING = "sign_in.oidc";

/** As it is kept: the secret is sealed. */
export const StoredOidc = OidcSetting.omit({ hasSecret: true, redirectUri: true, version: true }).extend({
  sealedSecret: z.string().nullable(),
});
export type StoredOidc = z.infer<typeof StoredOidc>;

export async function getSignInSetting(context: Context): Promise<SignInSetting> {
  requireRole(context.actor, "admin");
  const stored = await context.settings.get(OIDC_SETTING);
  return { oidc: stored && shown(stored, context.oidcRedirectUri), redirectUri: context.oidcRedirectUri };
}

/** Sets how people of an OpenID Connect provider come in. The provider is asked before anything is kept. */
export async function setOidc(context: Context, input: OidcInput): Promise<SignInSetting> {
  requireRole(context.actor, "admin");
  const { clientSecret, version, ...kept } = input;
  const before = await context.settings.get(OIDC_SETTING);
  const known = before && StoredOidc.parse(before.value);
  const sealedSecret = clientSecret === undefined ? (known?.sealedSecret ?? null) : context.seal.seal(clientSecret);
  if (input.enabled) await requireProvider(context, input.issuer, input.clientId);
  const value: StoredOidc = { ...kept, sealedSecret };
  const after = await context.transaction(async ({ settings, audit }) => {
    const stored = await settings.put({ name: OIDC_SETTING, value, version, by: context.actor.id });
    if (!stored) throw new AppError("conflict", "somebody has changed this meanwhile");
    await audit({
      actor: context.actor.id,
      action: "setting.sign_in",
      subject: `setting:${OIDC_SETTING}`,
      ...(known && { before: withoutSecret(known) }),
      after: { ...withoutSecret(value), ...(clientSecret !== undefined && { clientSecret: "changed" }) },
    });
    return stored;
  });
  return { oidc: shown(after, context.oidcRedirectUri), redirectUri: context.oidcRedirectUri };
}

async function requireProvider(context: Context, issuer: string, clientId: string): Promise<void> {
  const problem = await context.checkOidcProvider(issuer, clientId);
  if (problem === null) return;
  throw new AppError("unprocessable", "the provider cannot be used", {
    fields: [{ path: "/issuer", message: problem }],
  });
}

function shown({ value, version }: StoredSetting, redirectUri: string): OidcSetting {
  const { sealedSecret, ...oidc } = StoredOidc.parse(value);
  return { ...oidc, hasSecret: sealedSecret !== null, redirectUri, version };
}

function withoutSecret({ sealedSecret: _, ...oidc }: StoredOidc): object {
  return oidc;
}
