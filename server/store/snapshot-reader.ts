import type { StoredChange } from "../services/ports.ts";
import type { SnapshotReader } from "../services/snapshot/port.ts";
import { readImages } from "./change-images.ts";
import type { Db } from "./client.ts";
import { recordRefOf } from "./record-ref.ts";
import { readLinks, readProvenance } from "./snapshot-provenance.ts";
import { createSnapshotSearch } from "./snapshot-search.ts";

/** Images and their history as the changes lane wrote them. */
export function createSnapshotReader(db: Db): SnapshotReader {
  return {
    ...createSnapshotSearch(db),
    provenance: (id) => readProvenance(db, id),
    links: (id) => readLinks(db, id),
    images: (rows) => readImages(db, rows),

    async get(id) {
      const row = await db.cdcSnapshot.findUnique({ where: { system_entity_key: id } });
      if (!row) return null;
      const { image, deleted, stale, position } = row;
      return { ...id, image: asObject(image), deleted, stale, position, record: recordRefOf(row) };
    },

    async changes({ system, entity, key }, { beforeId, limit }) {
      const rows = await db.cdcChange.findMany({
        where: { system, entity, key, ...(beforeId === null ? {} : { id: { lt: beforeId } }) },
        orderBy: { id: "desc" },
        take: limit,
      });
      return rows.map((row) => ({
        id: row.id,
        operation: row.operation as StoredChange["operation"],
        position: row.position,
        commitTime: row.commitTime,
        fields: asObject(row.fields),
        late: row.late,
        record: recordRefOf(row),
      }));
    },
  };
}

/** The changes lane writes objects only; what else a JSON column may hold is none of ours. */
function asObject(json: unknown): Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : {};
}
