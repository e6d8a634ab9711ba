import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Snapshot } from "@/server/contracts/snapshot.ts";
import { presentSnapshot } from "@/server/live/present-snapshot.ts";
import { getSnapshot } from "@/server/services/snapshot/get.ts";
import { SnapshotParams } from "./params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/snapshots/{system}/{entity}/{key}",
  summary: "The merged image of one row of another system",
  role: "planner",
  params: SnapshotParams,
  query: z.strictObject({ asOf: AsOf }),
  answer: Snapshot,
  run: async ({ context, params, query }) => presentSnapshot(await getSnapshot(context, { ...params, ...query })),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
