import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { Paging } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { AuditLine } from "@/server/contracts/audit.ts";
import { presentAudit } from "@/server/live/present-audit.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listAudit } from "@/server/services/audit/list.ts";
import { AuditQuery, auditFilterOf } from "./query.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/audit",
  summary: "Who did what, newest first, with what it was before and after",
  role: "admin",
  query: z.strictObject({ ...Paging, ...AuditQuery }),
  answer: pageOf(AuditLine),
  run: async ({ context, query: { limit, cursor, ...filter } }) =>
    presentPage(await listAudit(context, { limit, cursor, ...auditFilterOf(filter) }), presentAudit),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
