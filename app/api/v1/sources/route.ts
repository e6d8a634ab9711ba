import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Source, SourceMapping, TOPIC_MAPPINGS_MAX } from "@/server/contracts/source.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { presentSource } from "@/server/live/present-source.ts";
import { listSources } from "@/server/services/source/list.ts";
import { putSourceMapping } from "@/server/services/source/put-mapping.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/sources",
  summary: "Every topic that is read or mapped, with its connector, state, lag and counters, and the mapping of topics",
  role: "planner",
  answer: pageOf(Source).extend({ mapping: SourceMapping }),
  run: async ({ context }) => {
    const page = await listSources(context);
    return { ...presentPage(page, presentSource(page.items, page.asOfMs)), mapping: page.mapping };
  },
});

const Mapping = z.strictObject({ topic: text(249), connector: text(100), entity: text(200), enabled: z.boolean() });

export const PUT = route({
  method: "PUT",
  path: "/api/v1/sources",
  summary: "Says how topics are read where it is not by their name alone; the lane follows within seconds",
  role: "admin",
  body: z.strictObject({ version: z.int().min(0), mappings: z.array(Mapping).max(TOPIC_MAPPINGS_MAX) }),
  answer: SourceMapping,
  run: ({ context, body }) => putSourceMapping(context, body),
});
export const { POST, PATCH, DELETE, OPTIONS } = otherMethods(GET, PUT);
