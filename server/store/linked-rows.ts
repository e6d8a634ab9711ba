import type { BusinessRef } from "../domain/business-object.ts";
import type { RowId } from "../domain/change.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { type Projector, refName } from "../projections/projector.ts";
import { asJson } from "./as-json.ts";
import { PACKED_IMAGE, type PackedImage, storedPositionOf } from "./change-images.ts";
import type { Db } from "./client.ts";

/** An object is made of so many rows at most, the newest of them. */
export const OBJECT_ROWS_MAX = 5000;

const MENTIONS = Prisma.sql`
  select * from business_link as link
  where link.kind = wanted.kind and link.id = wanted.id
    and link.system = mention.system and link.entity = mention.entity`;

/**
 * The first one from there on, in the order of the primary key: a table that nobody has analyzed yet leaves the planner
 * no other way to it, where equality alone would let it walk every row of the entity.
 */
const FIRST_MENTION = Prisma.sql`
  select * from business_link as link
  where (link.kind, link.id, link.system, link.entity) >= (wanted.kind, wanted.id, mention.system, mention.entity)
  order by kind, id, system, entity, key limit 1`;

/**
 * The rows of these objects by `refName`, at most `OBJECT_ROWS_MAX` and one more of each. Of the rows that only mention
 * an object one an entity is read. With `unchangedSince` only those that no change after it has touched; of `except`
 * none but the mentions.
 */
export async function readLinkedRows(
  db: Db,
  refs: readonly BusinessRef[],
  { mentions }: Pick<Projector, "mentions">,
  { unchangedSince, except = [] }: { unchangedSince?: Date; except?: readonly RowId[] } = {},
): Promise<Map<string, SourceRow[]>> {
  if (refs.length === 0) return new Map();
  const isUnchanged =
    unchangedSince === undefined
      ? Prisma.empty
      : Prisma.sql`and not exists (
          select 1 from cdc_change
          where cdc_change.system = link.system and cdc_change.entity = link.entity and cdc_change.key = link.key
            and cdc_change.commit_time > ${unchangedSince})`;
  const found = await db.$queryRaw<{ kind: BusinessRef["kind"]; id: string; rows: string }[]>`
    with mention as materialized (
      select * from jsonb_to_recordset(${asJson(mentions)}) as mention (kind text, system text, entity text)
    ), held as materialized (
      select * from unnest(${except.map(({ system }) => system)}::text[], ${except.map(({ entity }) => entity)}::text[],
        ${except.map(({ key }) => key)}::text[]) as held (system, entity, key)
    )
    select wanted.kind, wanted.id, rows::text
    from jsonb_to_recordset(${asJson(refs)}) as wanted (kind text, id text)
    cross join lateral (
      select json_agg(${PACKED_IMAGE}) as rows
      from (
        (select cdc_snapshot.*
          from business_link as link join cdc_snapshot using (system, entity, key)
          where link.kind = wanted.kind and link.id = wanted.id
            and (link.kind, link.system, link.entity) not in (select kind, system, entity from mention)
            and (link.system, link.entity, link.key) not in (select system, entity, key from held)
            ${isUnchanged}
          order by position collate "C" desc, system, entity, key
          limit ${OBJECT_ROWS_MAX + 1})
        union all
        select cdc_snapshot.* from mention cross join lateral (
          ${unchangedSince === undefined ? FIRST_MENTION : Prisma.sql`${MENTIONS} ${isUnchanged} order by key limit 1`}
        ) as link
        join cdc_snapshot on cdc_snapshot.system = link.system and cdc_snapshot.entity = link.entity
          and cdc_snapshot.key = link.key
        where mention.kind = wanted.kind and link.kind = wanted.kind and link.id = wanted.id
          and link.system = mention.system and link.entity = mention.entity
      ) as part
    ) as linked`;
  return new Map(
    found.map((object) => [
      refName(object),
      ((JSON.parse(object.rows) as PackedImage[] | null) ?? []).map((row) => toSourceRow(row)),
    ]),
  );
}

function toSourceRow(row: PackedImage): SourceRow {
  const [system, entity, key, fields, stored, position, deleted, stale, topic, partition, offset, timestampMs] = row;
  let positions: Record<string, string> | null = null;
  return {
    ...{ system, entity, key, fields, position, deleted, stale },
    // Most folds ask for few positions or none, and a row has many fields.
    get positions() {
      positions ??= Object.fromEntries(Object.keys(fields).map((name) => [name, storedPositionOf(stored, name)]));
      return positions;
    },
    record: { topic, partition, offset: BigInt(offset), timestampMs },
  };
}
