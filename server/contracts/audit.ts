import { z } from "zod";

/** One line of the audit trail. `before` and `after` hold what changed. */
export const AuditLine = z.object({
  id: z.string(),
  time: z.iso.datetime({ precision: 3 }),
  actor: z.object({ id: z.string(), name: z.string().nullable() }),
  action: z.string(),
  subject: z.string(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
});
export type AuditLine = z.infer<typeof AuditLine>;
