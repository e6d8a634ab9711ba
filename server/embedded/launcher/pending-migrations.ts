import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** Whether every migration of this clone has been applied as it stands, which a warm start can see in milliseconds. */
export async function isMigrated(options: { cloneDirectory: string; url: string }): Promise<boolean> {
  const client = new pg.Client({ connectionString: options.url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const applied = await client.query<{ migration_name: string; checksum: string }>(
      "select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
    );
    const checksums = new Map(applied.rows.map((row) => [row.migration_name, row.checksum]));
    return readMigrations(options.cloneDirectory).every(({ name, checksum }) => checksums.get(name) === checksum);
  } catch {
    // No database, no table, no connection: the command that migrates says what is wrong.
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The migrations of this clone in order, with the checksum that Prisma keeps of each. */
export function readMigrations(cloneDirectory: string): { name: string; checksum: string }[] {
  const directory = join(cloneDirectory, "prisma/migrations");
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      name,
      checksum: createHash("sha256")
        .update(readFileSync(join(directory, name, "migration.sql")))
        .digest("hex"),
    }));
}
