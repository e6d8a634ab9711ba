import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";

export const GET = route({
  method: "GET",
  path: "/api/auth/oidc/start",
  summary: "Sends the browser to the provider to sign in; 404 where none is set",
  role: "open",
  query: z.strictObject({ next: text(2_000).optional() }),
  answer: z.string(),
  run: async ({ tower, query }) => {
    const { url, cookie } = await tower.oidc.start(query.next ?? null);
    return new Response(null, { status: 303, headers: { location: url, "set-cookie": cookie } });
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
