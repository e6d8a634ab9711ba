import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";

export type Account = { uid: number; gid: number };

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the owner of the data where there is data,
 * else `postgres` or `nobody`. `null` means: it runs as whoever runs this.
 */
export function serviceAccount(dataDirectory: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf("-u", name);
    const gid = idOf("-g", name);
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error('PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it as');
}

/** Asked by trying, as modes alone do not say it: every folder above must let the account through. */
export function canReach(account: Account | null, path: string): boolean {
  const tried = spawnSync("/bin/sh", ["-c", 'test -x "$1"', "sh", path], { ...account, cwd: "/", stdio: "ignore" });
  return tried.status === 0;
}

function idOf(flag: "-u" | "-g", name: string): number | null {
  const asked = spawnSync("id", [flag, name], { encoding: "utf8" });
  return asked.status === 0 ? Number(asked.stdout) : null;
}
