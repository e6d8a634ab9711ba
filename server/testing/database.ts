import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import "./services.ts";

export type TestDatabase = { url: string; drop(): Promise<void> };

/** A migrated database of the suite's own, copied from the run's template. Drop it when the suite ends. */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, templateDatabase } = inject("services");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(adminUrl, `create database ${name} template ${pg.escapeIdentifier(templateDatabase)}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
