import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { ExportInput, ExportJob } from "@/server/contracts/export-job.ts";
import { presentExport } from "@/server/live/present-export.ts";
import { listExports, requestExport } from "@/server/services/export/request.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/exports",
  summary: "One's own exports of the last day, newest first",
  role: "planner",
  answer: z.object({ items: z.array(ExportJob) }),
  run: async ({ context }) => ({ items: (await listExports(context)).map(presentExport) }),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/exports",
  summary: "Asks for a CSV file of what a list shows, of any length; it is made in the background",
  role: "planner",
  body: ExportInput,
  answer: ExportJob,
  run: async ({ context, body }) => presentExport(await requestExport(context, body)),
});
export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
