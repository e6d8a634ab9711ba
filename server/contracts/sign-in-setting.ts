import { z } from "zod";
import { Role } from "./role.ts";

/** A host name such as `example.com`: people with addresses there may join by themselves. */
const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/, "expected a domain such as example.com");

const fields = {
  enabled: z.boolean(),
  /** What the button says: "Sign in with ...". */
  label: z.string().trim().min(1, "expected some text").max(60, "expected at most 60 characters"),
  issuer: z.url("expected an address such as https://login.example.com").max(500),
  clientId: z.string().trim().min(1, "expected some text").max(300),
  /** Whose people may join by themselves, with this role; with none, only those who are here already may come in. */
  domains: z.array(Domain).max(50, "expected at most 50 domains"),
  role: Role,
};

/** Sign-in by an OpenID Connect provider. The secret is never told again; whether there is one is. */
export const OidcSetting = z.object({
  ...fields,
  hasSecret: z.boolean(),
  /** What the provider has to be told as the address to come back to. */
  redirectUri: z.string(),
  version: z.number().int(),
});
export type OidcSetting = z.infer<typeof OidcSetting>;

export const SignInSetting = z.object({ oidc: OidcSetting.nullable(), redirectUri: z.string() });
export type SignInSetting = z.infer<typeof SignInSetting>;

/** `clientSecret` may be left out to keep the one that is there. `version` is 0 the first time. */
export const OidcInput = z.strictObject({
  ...fields,
  clientSecret: z.string().min(1, "expected some text").max(500).optional(),
  version: z.number().int().min(0),
});
export type OidcInput = z.infer<typeof OidcInput>;

/** The ways in that the sign-in page offers besides e-mail and password. */
export const SignInOptions = z.object({ demo: z.array(Role), provider: z.string().nullable() });
export type SignInOptions = z.infer<typeof SignInOptions>;
