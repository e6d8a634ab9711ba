import { z } from "zod";
import { type CsvColumn, csvResponse } from "@/app/api/_http/csv-response.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { isoTime } from "@/server/platform/clock.ts";
import { listAudit } from "@/server/services/audit/list.ts";
import type { AuditFilter, StoredAuditEntry } from "@/server/services/audit/port.ts";
import type { Context } from "@/server/services/context.ts";
import { PAGE_SIZE_MAX } from "@/server/services/page.ts";
import { requireRole } from "@/server/services/require-role.ts";
import { AuditQuery, auditFilterOf } from "../query.ts";

const COLUMNS: readonly CsvColumn<StoredAuditEntry>[] = [
  { name: "time_utc", of: ({ time }) => isoTime(time.getTime()) },
  { name: "actor", of: ({ actor }) => actor },
  { name: "actor_name", of: ({ actorName }) => actorName },
  { name: "action", of: ({ action }) => action },
  { name: "subject", of: ({ subject }) => subject },
  { name: "before", of: ({ before }) => asText(before) },
  { name: "after", of: ({ after }) => asText(after) },
];

export const GET = route({
  method: "GET",
  path: "/api/v1/audit/export.csv",
  summary: "Who did what as a CSV file, newest first",
  role: "admin",
  query: z.strictObject(AuditQuery),
  answer: z.string(),
  run: async ({ context, query }) => {
    requireRole(context.actor, "admin");
    return csvResponse("audit.csv", COLUMNS, pagesOf(context, auditFilterOf(query)));
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);

async function* pagesOf(context: Context, filter: AuditFilter) {
  let cursor: string | undefined;
  do {
    const page = await listAudit(context, { ...filter, limit: PAGE_SIZE_MAX, cursor });
    yield page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const asText = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
