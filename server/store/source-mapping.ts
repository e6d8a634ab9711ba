import type { SourceMapping } from "../contracts/source.ts";
import type { SourceMappingReader, SourceMappingWriter } from "../services/source/port.ts";
import type { Db } from "./client.ts";

/** The row of `setting` that counts the changes of the list: the rows themselves come and go. */
const VERSION_SETTING = "source_mapping";

export function createSourceMappingReader(db: Db): SourceMappingReader {
  return { read: () => readSourceMapping(db) };
}

/** Version and rows in one statement, so that they belong together. */
export async function readSourceMapping(db: Db): Promise<SourceMapping> {
  const [row] = await db.$queryRaw<SourceMapping[]>`
    select
      coalesce((select version from setting where name = ${VERSION_SETTING}), 0) as version,
      coalesce(
        (select jsonb_agg(jsonb_build_object(
          'topic', topic, 'connector', connector, 'entity', entity, 'enabled', enabled) order by topic)
         from source_mapping), '[]'::jsonb) as mappings`;
  return row!;
}

export function createSourceMappingWriter(db: Db): SourceMappingWriter {
  return {
    read: () => readSourceMapping(db),

    async replace({ version, mappings }, updatedBy) {
      const next = version + 1;
      const value = JSON.stringify({ topics: mappings.length });
      const moved = await db.$executeRaw`
        insert into setting (name, value, version, updated_by)
        select ${VERSION_SETTING}, ${value}::jsonb, 1, ${updatedBy} where ${version} = 0
        on conflict (name) do nothing`;
      const risen =
        moved === 1
          ? 1
          : await db.$executeRaw`
              update setting set value = ${value}::jsonb, version = ${next}, updated_at = now(), updated_by = ${updatedBy}
              where name = ${VERSION_SETTING} and version = ${version}`;
      if (risen !== 1) return false;
      await db.$executeRaw`delete from source_mapping`;
      await db.$executeRaw`
        insert into source_mapping (topic, connector, entity, enabled, version, updated_by)
        select topic, connector, entity, enabled, ${next}, ${updatedBy}
        from jsonb_to_recordset(${JSON.stringify(mappings)}::jsonb) as given (
          topic text, connector text, entity text, enabled boolean)`;
      return true;
    },
  };
}
