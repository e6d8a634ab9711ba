import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { DeadLetterGroup } from "@/server/contracts/dead-letter.ts";
import { presentDeadLetterGroup } from "@/server/live/present-dead-letter.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listDeadLetterGroups } from "@/server/services/dead-letter/list-groups.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/dead-letters/groups",
  summary: "Open rejected records by reason and topic, the newest group first",
  role: "admin",
  answer: pageOf(DeadLetterGroup),
  run: async ({ context }) => presentPage(await listDeadLetterGroups(context), presentDeadLetterGroup),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
