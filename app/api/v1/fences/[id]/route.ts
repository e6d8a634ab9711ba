import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Fence, FenceChange } from "@/server/contracts/fence.ts";
import { presentFence } from "@/server/live/present-fence.ts";
import { changeFence } from "@/server/services/fence/change.ts";
import { removeFence } from "@/server/services/fence/remove.ts";

const Params = z.strictObject({ id: text(100) });

export const PUT = route({
  method: "PUT",
  path: "/api/v1/fences/{id}",
  summary: "Draws a fence anew",
  role: "admin",
  params: Params,
  body: FenceChange,
  answer: Fence,
  run: async ({ context, params, body }) => presentFence(await changeFence(context, { ...params, change: body })),
});

export const DELETE = route({
  method: "DELETE",
  path: "/api/v1/fences/{id}",
  summary: "Takes a fence away and answers with it as it was; a site goes back to its circle",
  role: "admin",
  params: Params,
  body: z.strictObject({ version: z.number().int() }),
  answer: Fence,
  run: async ({ context, params, body }) => presentFence(await removeFence(context, { ...params, ...body })),
});
export const { GET, POST, PATCH, OPTIONS } = otherMethods(PUT, DELETE);
