import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SnapshotEntity } from "@/server/contracts/snapshot.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listSnapshotEntities } from "@/server/services/snapshot/list-entities.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/snapshots/entities",
  summary: "What kinds of rows of other systems are known and how many of each; may be some seconds old",
  role: "planner",
  answer: pageOf(SnapshotEntity),
  run: async ({ context }) => presentPage(await listSnapshotEntities(context), (entity) => entity),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
