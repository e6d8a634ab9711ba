import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { exportSites } from "@/server/services/site/export.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/sites/export.csv",
  summary: "All sites as CSV, in the columns an import takes",
  role: "planner",
  answer: z.string(),
  run: async ({ context }) =>
    new Response(streamOf(exportSites(context)), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="sites.csv"',
      },
    }),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);

/** Page by page as it is read, so that the file is never in memory as a whole. */
function streamOf(pages: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await pages.return(undefined)),
  });
}
