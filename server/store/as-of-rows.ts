import { type Change, type RowId, rowName } from "../domain/change.ts";
import { type ChangeImage, mergeChange } from "../domain/change-image.ts";
import { type SourceRow, toSourceRow } from "../domain/source-row.ts";
import { fieldsSince, isTimed, timedFieldsOf } from "../projections/field-history.ts";
import type { Db } from "./client.ts";

/** As many of a row's changes are looked at for when something happened as for the present. */
const CHANGES_MAX = 200;

type PackedChange = [
  operation: Change["operation"],
  position: string,
  fields: Record<string, unknown>,
  topic: string,
  partition: number,
  offset: string,
  timestampMs: number,
];

/** The rows with a change after the moment, `max` and one more at most: all others are now what they were then. */
export async function rowsChangedAfter(db: Db, atMs: number, max: number): Promise<RowId[]> {
  return db.$queryRaw<RowId[]>`
    select distinct system, entity, key from cdc_change
    where commit_time > ${new Date(atMs)} limit ${max + 1}::integer`;
}

/** These rows as the changes up to the moment make them, by `rowName`. One without any is not in the answer. */
export async function pastRows(db: Db, rows: readonly RowId[], atMs: number): Promise<Map<string, SourceRow>> {
  if (rows.length === 0) return new Map();
  const wanted = rows.map(({ system, entity, key }) => ({ system, entity, key }));
  const found = await db.$queryRaw<(RowId & { changes: string })[]>`
    select system, entity, key, changes::text
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (system text, entity text, key text)
    cross join lateral (
      select json_agg(json_build_array(operation, position, fields, topic, partition, record_offset::text,
        (extract(epoch from record_timestamp) * 1000)::bigint) order by position collate "C") as changes
      from cdc_change
      where cdc_change.system = wanted.system and cdc_change.entity = wanted.entity and cdc_change.key = wanted.key
        and commit_time <= ${new Date(atMs)}
    ) as history
    where changes is not null`;
  return new Map(
    found.map((row) => [rowName(row), foldRow(toRowId(row), JSON.parse(row.changes) as PackedChange[], atMs)]),
  );
}

/** In the source's order, though any would do. */
function foldRow(row: RowId, packed: readonly PackedChange[], atMs: number): SourceRow {
  const changes = packed.map(
    ([operation, position, fields, topic, partition, offset, timestampMs]): Change => ({
      ...row,
      ...{ operation, position, fields, commitTimeMs: atMs },
      record: { topic, partition, offset: BigInt(offset), timestampMs },
    }),
  );
  let image: ChangeImage | null = null;
  for (const change of changes) image = mergeChange(image, change).image;
  const past = toSourceRow(row, image!);
  return isTimed(row) ? { ...past, since: fieldsSince(changes.slice(-CHANGES_MAX), timedFieldsOf(row)) } : past;
}

const toRowId = ({ system, entity, key }: RowId): RowId => ({ system, entity, key });
