import type { AuditLine } from "../contracts/audit.ts";
import { isoTime } from "../platform/clock.ts";
import type { StoredAuditEntry } from "../services/audit/port.ts";

export function presentAudit({
  id,
  time,
  actor,
  actorName,
  action,
  subject,
  before,
  after,
}: StoredAuditEntry): AuditLine {
  return {
    ...{ id: String(id), action, subject, before: before ?? null, after: after ?? null },
    time: isoTime(time.getTime()),
    actor: { id: actor, name: actorName },
  };
}
