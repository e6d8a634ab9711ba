import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { Paging } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SnapshotChange } from "@/server/contracts/snapshot.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { presentChange } from "@/server/live/present-snapshot.ts";
import { getHistory } from "@/server/services/snapshot/history.ts";
import { SnapshotParams } from "../params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/snapshots/{system}/{entity}/{key}/history",
  summary: "Every change of one row of another system, the newest arrival first",
  role: "planner",
  params: SnapshotParams,
  query: z.strictObject(Paging),
  answer: pageOf(SnapshotChange),
  run: async ({ context, params, query }) =>
    presentPage(await getHistory(context, { ...params, ...query }), presentChange),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
