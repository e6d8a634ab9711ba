import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { Paging, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SnapshotRow } from "@/server/contracts/snapshot.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { presentSnapshotRow } from "@/server/live/present-snapshot.ts";
import { listSnapshots } from "@/server/services/snapshot/list.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/snapshots",
  summary:
    "Rows of other systems, the newest change first; q is what their key begins with, zeros in front or not; include=image brings their images",
  role: "planner",
  query: z.strictObject({
    ...Paging,
    system: text(100).optional(),
    entity: text(200).optional(),
    q: text(200).optional(),
    include: z.literal("image").optional(),
  }),
  answer: pageOf(SnapshotRow),
  run: async ({ context, query: { include, ...query } }) =>
    presentPage(await listSnapshots(context, query), (row) => presentSnapshotRow(row, include === "image")),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
