import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SavedView, SavedViewInput, VIEW_PAGES } from "@/server/contracts/saved-view.ts";
import { presentView } from "@/server/live/present-view.ts";
import { addView, listViews } from "@/server/services/saved-view/save.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/views",
  summary: "The kept filters of a page: one's own, and those that others share",
  role: "planner",
  query: z.strictObject({ page: z.enum(VIEW_PAGES) }),
  answer: z.object({ items: z.array(SavedView) }),
  run: async ({ context, actor, query }) => ({
    items: (await listViews(context, query.page)).map((view) => presentView(view, actor)),
  }),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/views",
  summary: "Keeps the filters of a page under a name",
  role: "planner",
  body: SavedViewInput,
  answer: SavedView,
  run: async ({ context, actor, body }) => presentView(await addView(context, body), actor),
});
export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
