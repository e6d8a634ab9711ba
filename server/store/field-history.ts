import { type RowId, rowName } from "../domain/change.ts";
import type { FieldSince, SourceRow } from "../domain/source-row.ts";
import { type FieldChange, fieldsSince, isTimed, timedFieldsOf } from "../projections/field-history.ts";
import { asJson } from "./as-json.ts";
import type { Db } from "./client.ts";

/** Of a row that changed more often only the newest changes are looked at. */
export const CHANGES_MAX = 200;

type PackedChange = [
  operation: FieldChange["operation"],
  position: string,
  fields: Record<string, unknown> | null,
  topic: string,
  partition: number,
  offset: string,
  timestampMs: number,
];

/** Since when the timed fields of these rows have held what they hold, by `rowName`. */
export async function readFieldsSince(
  db: Db,
  rows: readonly SourceRow[],
): Promise<Map<string, Record<string, FieldSince>>> {
  const timed = rows.filter(isTimed);
  if (timed.length === 0) return new Map();
  const wanted = timed.map((row) => ({ ...toRowId(row), fields: timedFieldsOf(row) }));
  const found = await db.$queryRaw<(RowId & { changes: string })[]>`
    select system, entity, key, changes::text
    from jsonb_to_recordset(${asJson(wanted)})
      as wanted (system text, entity text, key text, fields text[])
    cross join lateral (
      select json_agg(json_build_array(newest.operation, position,
          (select json_object_agg(name, newest.fields -> name) from unnest(wanted.fields) as name
            where jsonb_exists(newest.fields, name)),
          topic, partition, record_offset::text, (extract(epoch from record_timestamp) * 1000)::bigint)
        order by position collate "C") as changes
      from (
        select * from cdc_change
        where cdc_change.system = wanted.system and cdc_change.entity = wanted.entity and cdc_change.key = wanted.key
        order by position desc limit ${CHANGES_MAX}
      ) as newest
    ) as history`;
  return new Map(found.map((row) => [rowName(row), fieldsSince(toChanges(row.changes), timedFieldsOf(row))]));
}

const toRowId = ({ system, entity, key }: RowId): RowId => ({ system, entity, key });

const toChanges = (packed: string): FieldChange[] =>
  ((JSON.parse(packed) as PackedChange[] | null) ?? []).map(
    ([operation, position, fields, topic, partition, offset, timestampMs]) => ({
      ...{ operation, position, fields: fields ?? {} },
      record: { topic, partition, offset: BigInt(offset), timestampMs },
    }),
  );
