import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { ApiKey } from "@/server/contracts/api-key.ts";
import { presentApiKey } from "@/server/live/present-api-key.ts";
import { revokeApiKey } from "@/server/services/api-key/revoke.ts";

export const POST = route({
  method: "POST",
  path: "/api/v1/api-keys/{id}/revoke",
  summary: "Ends a key for good",
  role: "admin",
  params: z.strictObject({ id: z.uuid("expected the id of a key") }),
  answer: ApiKey,
  run: async ({ context, params }) => presentApiKey(await revokeApiKey(context, params.id)),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
