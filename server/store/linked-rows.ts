import type { BusinessRef } from "../domain/business-object.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { type Projector, refName } from "../projections/projector.ts";
import { type ImageRow, type StoredPositions, storedPositionOf } from "./change-images.ts";
import type { Db } from "./client.ts";

/** An object is made of so many rows at most, the newest of them. */
export const OBJECT_ROWS_MAX = 5000;

type LinkedRow = ImageRow & BusinessRef & { deleted: boolean; stale: boolean };

/**
 * The rows of these objects by `refName`, at most `OBJECT_ROWS_MAX` and one more of each. Of the rows that only mention
 * an object one an entity is read.
 */
export async function readLinkedRows(
  db: Db,
  refs: readonly BusinessRef[],
  { mentions }: Pick<Projector, "mentions">,
): Promise<Map<string, SourceRow[]>> {
  if (refs.length === 0) return new Map();
  const column = (pick: (mention: Projector["mentions"][number]) => string) => mentions.map(pick);
  const found = await db.$queryRaw<LinkedRow[]>`
    with mention as materialized (
      select * from unnest(
        ${column(({ kind }) => kind)}::text[], ${column(({ system }) => system)}::text[],
        ${column(({ entity }) => entity)}::text[]
      ) as mention (kind, system, entity)
    )
    select wanted.kind, wanted.id, part.*
    from unnest(${refs.map(({ kind }) => kind)}::text[], ${refs.map(({ id }) => id)}::text[]) as wanted (kind, id)
    cross join lateral (
      (select system, entity, key, image::text, positions::text, position, deleted, stale,
          topic, partition, record_offset, record_timestamp
        from business_link as link join cdc_snapshot using (system, entity, key)
        where link.kind = wanted.kind and link.id = wanted.id
          and (link.kind, link.system, link.entity) not in (select kind, system, entity from mention)
        order by position collate "C" desc, system, entity, key
        limit ${OBJECT_ROWS_MAX + 1})
      union all
      select one.* from mention cross join lateral (
        select system, entity, key, image::text, positions::text, position, deleted, stale,
          topic, partition, record_offset, record_timestamp
        from business_link as link join cdc_snapshot using (system, entity, key)
        where link.kind = wanted.kind and link.id = wanted.id
          and link.system = mention.system and link.entity = mention.entity
        order by key limit 1) as one
      where mention.kind = wanted.kind
    ) as part`;
  const rows = new Map<string, SourceRow[]>(refs.map((ref) => [refName(ref), []]));
  for (const row of found) rows.get(refName(row))!.push(toSourceRow(row));
  return rows;
}

function toSourceRow({ system, entity, key, ...row }: LinkedRow): SourceRow {
  const fields = JSON.parse(row.image) as Record<string, unknown>;
  let positions: Record<string, string> | null = null;
  return {
    ...{ system, entity, key, fields, position: row.position, deleted: row.deleted, stale: row.stale },
    // Most folds ask for few positions or none, and a row has many fields.
    get positions() {
      positions ??= positionsOf(fields, JSON.parse(row.positions) as StoredPositions);
      return positions;
    },
    record: {
      topic: row.topic,
      partition: row.partition,
      offset: row.record_offset,
      timestampMs: row.record_timestamp.getTime(),
    },
  };
}

const positionsOf = (fields: Record<string, unknown>, stored: StoredPositions): Record<string, string> =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, storedPositionOf(stored, name)]));
