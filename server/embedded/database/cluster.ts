import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DatabasePlace } from "./places.ts";

export const DATABASE_USER = "wheelhouse";

/** Makes the database files where there are none, and returns the password. An interrupted attempt leaves no trace. */
export async function ensureCluster(place: DatabasePlace, binaries: string): Promise<string> {
  if (!existsSync(place.dataDirectory)) await createCluster(place, binaries);
  return readFileSync(place.passwordFile, "utf8");
}

async function createCluster(place: DatabasePlace, binaries: string): Promise<void> {
  mkdirSync(place.directory, { recursive: true });
  chmodSync(place.directory, 0o711);
  const draft = `${place.dataDirectory}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const password = randomBytes(24).toString("hex");
  writeFileSync(place.passwordFile, password, { mode: 0o600 });
  try {
    // The service account reads the password once; afterwards the file is the launcher's alone.
    if (place.account) {
      chownSync(draft, place.account.uid, place.account.gid);
      chownSync(place.passwordFile, place.account.uid, place.account.gid);
    }
    await initialise(place, binaries, draft);
    if (place.account) chownSync(place.passwordFile, 0, 0);
    renameSync(draft, place.dataDirectory);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function initialise(place: DatabasePlace, binaries: string, draft: string): Promise<void> {
  const options = ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", `--username=${DATABASE_USER}`];
  const commandLine = [`--pgdata=${draft}`, `--pwfile=${place.passwordFile}`, ...options];
  await promisify(execFile)(join(binaries, "bin/initdb"), commandLine, { ...place.account, cwd: "/" });
}
