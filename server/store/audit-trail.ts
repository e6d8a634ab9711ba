import { Prisma } from "../generated/prisma/client.ts";
import type { AuditFilter, AuditReader, StoredAuditEntry } from "../services/audit/port.ts";
import type { Database } from "./client.ts";

type Row = Omit<StoredAuditEntry, "actorName"> & { actor_name: string | null };

export function createAuditReader(database: Database): AuditReader {
  return {
    async list(filter, { beforeId, limit }) {
      const rows = await database.$queryRaw<Row[]>`
        select entry.id, entry.time, entry.actor, entry.action, entry.subject, entry.before, entry.after,
          coalesce("user".name, api_key.name) as actor_name
        from audit_entry as entry
        left join "user" on entry.actor = 'user:' || "user".id
        left join api_key on entry.actor = 'api-key:' || api_key.id
        where ${conditions(filter, beforeId)}
        order by entry.id desc
        limit ${limit}`;
      return rows.map(({ actor_name: actorName, ...row }) => ({ ...row, actorName }));
    },
  };
}

function conditions({ actor, action, subject, fromMs, toMs }: AuditFilter, beforeId: bigint | null): Prisma.Sql {
  const wanted = [
    beforeId === null ? null : Prisma.sql`entry.id < ${beforeId}`,
    actor === undefined ? null : Prisma.sql`entry.actor = ${actor}`,
    action === undefined ? null : Prisma.sql`starts_with(entry.action, ${action})`,
    subject === undefined ? null : Prisma.sql`starts_with(entry.subject, ${subject})`,
    fromMs === undefined ? null : Prisma.sql`entry.time >= ${new Date(fromMs)}`,
    toMs === undefined ? null : Prisma.sql`entry.time < ${new Date(toMs)}`,
  ].filter((condition) => condition !== null);
  return wanted.length === 0 ? Prisma.sql`true` : Prisma.join(wanted, " and ");
}
