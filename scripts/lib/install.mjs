import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { cloneDirectory } from "./clone.mjs";
import { Failure, mustRun } from "./run.mjs";
import { isStamped, writeStamp } from "./stamp.mjs";

const NODE_MIN = [20, 19];

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  throw new Failure(`Node ${NODE_MIN.join(".")} or newer is needed; this is ${version}.`);
}

/** Installs exactly what the lockfile says, when that is not what is there. */
export async function install() {
  const stamp = join(cloneDirectory, "node_modules", ".wheelhouse-stamp");
  const hash = createHash("sha256")
    .update(readFileSync(join(cloneDirectory, "package-lock.json")))
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest("hex");
  if (isStamped(stamp, hash)) return false;
  const { command, commandLine } = npm();
  // The tools that build are development packages: they are needed also where NODE_ENV says production.
  await mustRun(command, [...commandLine, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    environment: { CHECKPOINT_DISABLE: "1", npm_config_update_notifier: "false", ...npmEnvironment() },
  });
  writeStamp(stamp, hash);
  return true;
}

/** The npm that runs us, not whichever comes first in PATH. */
export function npm(execPath = process.env.npm_execpath) {
  if (execPath && /\.c?js$/.test(execPath) && existsSync(execPath))
    return { command: process.execPath, commandLine: [execPath] };
  return { command: "npm", commandLine: [] };
}

/** An account without a home of its own has nowhere to keep npm's cache: it gets a place among the temporary files. */
export function npmEnvironment(home = homedir()) {
  try {
    accessSync(home, constants.W_OK);
    return {};
  } catch {
    return { npm_config_cache: join(tmpdir(), `wheelhouse-npm-${userInfo().uid}`) };
  }
}
