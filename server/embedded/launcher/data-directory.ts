import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { removeDatabase } from "../database/remove-database.ts";

/** Says that a directory is ours to empty: a wrong `WHEELHOUSE_DATA_DIR` must not cost anybody their files. */
const MARKER = "wheelhouse-data";

export type Endpoints = { web: string; broker: string; database: string };

export function makeDataDirectory(directory: string): void {
  // Others may pass, not look: as root, the database runs under an account that must reach its own files below.
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  if (readdirSync(directory).length === 0) writeFileSync(join(directory, MARKER), "");
}

/** Empties the directory, `kept` excepted, and removes the database that belongs to it wherever it lives. */
export async function emptyDataDirectory(directory: string, kept: string): Promise<void> {
  if (!existsSync(join(directory, MARKER)))
    throw new Error(`${directory} holds files that Wheelhouse did not make; empty it yourself to begin anew`);
  await removeDatabase(join(directory, "database"));
  for (const name of readdirSync(directory))
    if (name !== kept && name !== MARKER) rmSync(join(directory, name), { recursive: true, force: true });
}

/** The secret that signs sessions: made once, then kept, so that a restart signs nobody out. */
export function keepSecret(directory: string): string {
  const file = join(directory, "secret");
  if (!existsSync(file)) writeWhole(file, randomBytes(32).toString("hex"));
  return readFileSync(file, "utf8");
}

/** Where everything is to be found while it runs, for programs. Never with a password. */
export function writeEndpoints(directory: string, endpoints: Endpoints): void {
  writeWhole(join(directory, "endpoints.json"), `${JSON.stringify(endpoints, null, 2)}\n`, 0o644);
}

export function readEndpoints(directory: string): Endpoints | null {
  const file = join(directory, "endpoints.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Endpoints) : null;
}

export function removeEndpoints(directory: string): void {
  rmSync(join(directory, "endpoints.json"), { force: true });
}

/** A reader sees the whole file or none. */
function writeWhole(file: string, content: string, mode = 0o600): void {
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
}
