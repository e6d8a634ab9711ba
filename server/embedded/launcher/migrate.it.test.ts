import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { migrateDatabase, runPrisma } from "./migrate.ts";
import { isMigrated, readMigrations } from "./pending-migrations.ts";

const cloneDirectory = dirname(dirname(dirname(import.meta.dirname)));
const environment: NodeJS.ProcessEnv = { NODE_ENV: "test" };
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function execute(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Exit code 0 says that there is no difference, 2 that there is one. */
function diffToSchema(schema: string) {
  const commandLine = [
    "migrate",
    "diff",
    "--from-migrations",
    "prisma/migrations",
    "--to-schema",
    schema,
    "--exit-code",
  ];
  return runPrisma(commandLine, { cloneDirectory, url: database.url, environment });
}

test("the migrations make exactly what the schema describes, and a schema that says more is told apart", async () => {
  const { exitCode, output } = await diffToSchema("prisma/schema.prisma");
  // Said in words too: a command that fails to look must not pass for one that found nothing.
  expect(output).toContain("No difference detected");
  expect(exitCode).toBe(0);

  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-schema-"));
  const schema = readFileSync(join(cloneDirectory, "prisma/schema.prisma"), "utf8");
  writeFileSync(join(directory, "schema.prisma"), `${schema}\nmodel Unexpected {\n  id Int @id\n}\n`);
  const other = await diffToSchema(join(directory, "schema.prisma"));
  rmSync(directory, { recursive: true });
  expect(other.exitCode).toBe(2);
  expect(other.output).toContain("Unexpected");
});

test("a migrated database is recognised; one that misses a migration, or has another of that name, is not", async () => {
  expect(await isMigrated({ cloneDirectory, url: database.url })).toBe(true);
  const newest = readMigrations(cloneDirectory).at(-1)?.name ?? "";
  await execute(`update _prisma_migrations set checksum = 'other' where migration_name = '${newest}'`);
  expect(await isMigrated({ cloneDirectory, url: database.url })).toBe(false);
});

test("a database that does not exist is made and migrated, and one that cannot be reached is named as such", async () => {
  const url = new URL(database.url);
  url.pathname = `${url.pathname}_new`;
  await migrateDatabase({ cloneDirectory, url: url.href, environment });
  expect(await isMigrated({ cloneDirectory, url: url.href })).toBe(true);
  await execute(`drop database ${url.pathname.slice(1)}`);
  const nowhere = "postgresql://wheelhouse:hidden@127.0.0.1:1/none";
  const failed = migrateDatabase({ cloneDirectory, url: nowhere, environment });
  await expect(failed).rejects.toThrow(/could not be migrated[\s\S]*(P1001|reach)/);
  await expect(failed).rejects.not.toThrow(/hidden/);
});

test("no migration has a semicolon where the replacement engine would cut it wrongly", () => {
  for (const { name } of readMigrations(cloneDirectory)) {
    const script = readFileSync(join(cloneDirectory, "prisma/migrations", name, "migration.sql"), "utf8");
    expect(script.match(/--[^\n]*;[^\n]*/g) ?? [], `comments of ${name}`).toEqual([]);
    expect(script.match(/\$\w*\$/g) ?? [], `function bodies of ${name}`).toEqual([]);
  }
});
