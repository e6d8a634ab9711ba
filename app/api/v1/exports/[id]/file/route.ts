import { Readable } from "node:stream";
import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { AppError } from "@/server/platform/errors.ts";
import { getExport } from "@/server/services/export/request.ts";
import { ExportParams } from "../../params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/exports/{id}/file",
  summary: "The finished file of an export",
  role: "planner",
  params: ExportParams,
  answer: z.string(),
  run: async ({ context, params }) => {
    const { id, kind, status, createdAt } = await getExport(context, params.id);
    if (status !== "done") throw new AppError("conflict", "this export is not done");
    const file = await context.exportWorks.open(id);
    if (!file) throw new AppError("not_found", "this file is not kept any more");
    return new Response(Readable.toWeb(file) as ReadableStream, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${kind}-${createdAt.toISOString().slice(0, 10)}.csv"`,
      },
    });
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
