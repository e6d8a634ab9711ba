import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { Paging, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { ApiKey, ApiKeyMade } from "@/server/contracts/api-key.ts";
import { Role } from "@/server/contracts/role.ts";
import { presentApiKey } from "@/server/live/present-api-key.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { createApiKey } from "@/server/services/api-key/create.ts";
import { listApiKeys } from "@/server/services/api-key/list.ts";

const EXPIRES_DAYS_MAX = 3_650;

export const GET = route({
  method: "GET",
  path: "/api/v1/api-keys",
  summary: "Keys for programs, those that are over too, newest first",
  role: "admin",
  query: z.strictObject(Paging),
  answer: pageOf(ApiKey),
  run: async ({ context, query }) => presentPage(await listApiKeys(context, query), presentApiKey),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/api-keys",
  summary: "Makes a key; the answer holds it, this once",
  role: "admin",
  body: z.strictObject({
    name: text(100),
    role: Role,
    expiresInDays: z.number().int().min(1).max(EXPIRES_DAYS_MAX).nullable(),
  }),
  answer: ApiKeyMade,
  run: async ({ context, body }) => {
    const { apiKey, key } = await createApiKey(context, body);
    return { apiKey: presentApiKey(apiKey), key };
  },
});
export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
