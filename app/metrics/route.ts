import { z } from "zod";
import { authenticate } from "@/app/api/_http/authenticate.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { isFromThisMachine } from "@/server/access/remote-address.ts";
import { requireRole } from "@/server/services/require-role.ts";

export const GET = route({
  method: "GET",
  path: "/metrics",
  summary: "Everything that is counted, for Prometheus; open on the machine itself, elsewhere with an admin key",
  role: "open",
  answer: z.string(),
  run: async ({ tower, request }) => {
    if (!isFromThisMachine(request.headers)) requireRole(await authenticate(tower, request), "admin");
    const { contentType, text } = await tower.metrics();
    return new Response(text, { headers: { "content-type": contentType } });
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
