import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, Paging } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Fence, FenceInput } from "@/server/contracts/fence.ts";
import { presentFence } from "@/server/live/present-fence.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { createFence } from "@/server/services/fence/create.ts";
import { listFences } from "@/server/services/fence/list.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/fences",
  summary: "The fences that were drawn: of their own, or in place of a site's circle",
  role: "planner",
  query: z.strictObject({ ...Paging, asOf: AsOf }),
  answer: pageOf(Fence),
  run: async ({ context, query }) => presentPage(await listFences(context, query), presentFence),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/fences",
  summary: "Draws a fence, for a site when one is named",
  role: "admin",
  body: FenceInput,
  answer: Fence,
  run: async ({ context, body }) => presentFence(await createFence(context, body)),
});
export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
