import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SignInOptions } from "@/server/contracts/sign-in-setting.ts";

export const GET = route({
  method: "GET",
  path: "/api/sign-in-options",
  summary: "Other ways in than a password: demo users in a demonstration, and a provider where one is set",
  role: "open",
  answer: SignInOptions,
  run: async ({ tower, request }) => ({
    demo: [...tower.auth.demoRoles(request.headers)],
    provider: await tower.oidc.label(),
  }),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
