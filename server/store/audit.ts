import type { Audit } from "../services/ports.ts";
import type { Db } from "./client.ts";

/** Appends to the audit trail, in the caller's transaction when `db` is one. */
export function createAudit(db: Db): Audit {
  return async function audit({ actor, action, subject, before, after }) {
    await db.auditEntry.create({
      data: { actor, action, subject, ...(before && { before }), ...(after && { after }) },
    });
  };
}
