import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { ExportJob } from "@/server/contracts/export-job.ts";
import { presentExport } from "@/server/live/present-export.ts";
import { getExport } from "@/server/services/export/request.ts";
import { ExportParams } from "../params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/exports/{id}",
  summary: "How far an export is",
  role: "planner",
  params: ExportParams,
  answer: ExportJob,
  run: async ({ context, params }) => presentExport(await getExport(context, params.id)),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
