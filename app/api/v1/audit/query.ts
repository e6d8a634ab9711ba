import type { z } from "zod";
import { Instant, text } from "@/app/api/_http/fields.ts";
import type { AuditFilter } from "@/server/services/audit/port.ts";

/** `action` and `subject` are beginnings, `actor` an id as the trail shows it. */
export const AuditQuery = {
  actor: text(200).optional(),
  action: text(100).optional(),
  subject: text(300).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
};

type Query = { [Name in keyof typeof AuditQuery]?: z.output<(typeof AuditQuery)[Name]> };

export const auditFilterOf = ({ from, to, ...filter }: Query): AuditFilter => ({ ...filter, fromMs: from, toMs: to });
