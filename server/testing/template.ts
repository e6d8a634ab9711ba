import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { migrateDatabase } from "../embedded/launcher/migrate.ts";

// One number for the advisory lock, so that two runs on one server do not make the same template at once.
const TEMPLATE_LOCK = 7_264_119;

/** Returns the name of a migrated database to copy from. It is named after the migrations, so an old one is never used. */
export async function prepareTemplate(options: { cloneDirectory: string; adminUrl: string }): Promise<string> {
  const name = `template_${hashOfMigrations(join(options.cloneDirectory, "prisma/migrations"))}`;
  const admin = new pg.Client({ connectionString: options.adminUrl });
  await admin.connect();
  try {
    await admin.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    const found = await admin.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await makeTemplate({ ...options, admin, name });
    return name;
  } finally {
    await admin.end();
  }
}

/** Migrates under another name first: a template that exists is a template that is complete. */
async function makeTemplate(options: {
  cloneDirectory: string;
  adminUrl: string;
  admin: pg.Client;
  name: string;
}): Promise<void> {
  const draft = `${options.name}_draft`;
  await options.admin.query(`drop database if exists ${draft} with (force)`);
  await options.admin.query(`create database ${draft}`);
  const url = new URL(options.adminUrl);
  url.pathname = `/${draft}`;
  await migrateDatabase({ cloneDirectory: options.cloneDirectory, url: url.href, environment: { NODE_ENV: "test" } });
  await options.admin.query(`alter database ${draft} rename to ${options.name}`);
}

function hashOfMigrations(directory: string): string {
  const hash = createHash("sha256");
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const folder of folders.map((entry) => entry.name).sort())
    hash.update(folder).update(readFileSync(join(directory, folder, "migration.sql")));
  return hash.digest("hex").slice(0, 12);
}
