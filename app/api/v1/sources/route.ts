import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { presentSource, Source } from "@/server/live/present-source.ts";
import { listSources } from "@/server/services/source/list.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/sources",
  summary: "Every subscribed topic with its connector, lag and counters",
  role: "planner",
  answer: pageOf(Source),
  run: async ({ context }) => presentPage(await listSources(context), presentSource),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
