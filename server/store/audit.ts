import type { Audit, AuditEntry } from "../services/ports.ts";
import type { Db } from "./client.ts";
import { slicesOf } from "./slices.ts";

/** Appends to the audit trail, in the caller's transaction when `db` is one. */
export function createAudit(db: Db): Audit {
  return async function audit({ actor, action, subject, before, after }) {
    await db.auditEntry.create({
      data: { actor, action, subject, ...(before && { before }), ...(after && { after }) },
    });
  };
}

const ENTRY_BYTES = 1_000;

/** The same for many entries, in few statements. */
export function createAuditAll(db: Db) {
  return async function auditAll(entries: readonly AuditEntry[]): Promise<void> {
    for (const slice of slicesOf(entries, () => ENTRY_BYTES))
      await db.$executeRaw`
        insert into audit_entry (actor, action, subject, before, after)
        select actor, action, subject, before, after
        from jsonb_to_recordset(${JSON.stringify(slice)}::jsonb)
          as sent (actor text, action text, subject text, before jsonb, after jsonb)`;
  };
}
