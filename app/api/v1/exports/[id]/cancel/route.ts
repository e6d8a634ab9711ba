import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { ExportJob } from "@/server/contracts/export-job.ts";
import { presentExport } from "@/server/live/present-export.ts";
import { cancelExport } from "@/server/services/export/request.ts";
import { ExportParams } from "../../params.ts";

export const POST = route({
  method: "POST",
  path: "/api/v1/exports/{id}/cancel",
  summary: "Ends an export before it is done",
  role: "planner",
  params: ExportParams,
  answer: ExportJob,
  run: async ({ context, params }) => presentExport(await cancelExport(context, params.id)),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
