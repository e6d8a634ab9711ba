import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { OidcInput, SignInSetting } from "@/server/contracts/sign-in-setting.ts";
import { getSignInSetting, setOidc } from "@/server/services/setting/sign-in.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/settings/sign-in",
  summary: "How people of an OpenID Connect provider come in",
  role: "admin",
  answer: SignInSetting,
  run: ({ context }) => getSignInSetting(context),
});

export const PUT = route({
  method: "PUT",
  path: "/api/v1/settings/sign-in",
  summary: "Sets how people of an OpenID Connect provider come in",
  role: "admin",
  body: OidcInput,
  answer: SignInSetting,
  run: ({ context, body }) => setOidc(context, body),
});
export const { POST, PATCH, DELETE, OPTIONS } = otherMethods(GET, PUT);
