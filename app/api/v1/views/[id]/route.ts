import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SavedView, SavedViewInput } from "@/server/contracts/saved-view.ts";
import { presentView } from "@/server/live/present-view.ts";
import { removeView, replaceView } from "@/server/services/saved-view/save.ts";

const Params = z.strictObject({ id: z.uuid("expected the id of a view") });

export const PUT = route({
  method: "PUT",
  path: "/api/v1/views/{id}",
  summary: "Changes a view of one's own",
  role: "planner",
  params: Params,
  body: SavedViewInput.extend({ version: z.number().int().min(1) }),
  answer: SavedView,
  run: async ({ context, actor, params, body }) =>
    presentView(await replaceView(context, { ...params, ...body }), actor),
});

export const DELETE = route({
  method: "DELETE",
  path: "/api/v1/views/{id}",
  summary: "Removes a view of one's own; the answer is what it was",
  role: "planner",
  params: Params,
  answer: SavedView,
  run: async ({ context, actor, params }) => presentView(await removeView(context, params.id), actor),
});
export const { GET, POST, PATCH, OPTIONS } = otherMethods(PUT, DELETE);
