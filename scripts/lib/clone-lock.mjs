import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cloneDirectory } from "./clone.mjs";

const POLL_MS = 500;
const UNSIGNED_MS_MAX = 10_000;

/** Two commands in one clone install and build one after the other. The lock of one that was killed is taken over. */
export async function withCloneLock(work, directory = join(cloneDirectory, ".install.lock")) {
  let isTold = false;
  while (!take(directory)) {
    if (!isTold) console.log("Another command is installing or building in this clone; waiting for it …");
    isTold = true;
    await pause(POLL_MS);
  }
  const giveBack = () => rmSync(directory, { recursive: true, force: true });
  process.once("exit", giveBack);
  try {
    return await work();
  } finally {
    process.off("exit", giveBack);
    giveBack();
  }
}

function take(directory) {
  try {
    mkdirSync(directory);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (isAbandoned(directory)) rmSync(directory, { recursive: true, force: true });
    return false;
  }
  writeFileSync(join(directory, "pid"), String(process.pid));
  return true;
}

function isAbandoned(directory) {
  const file = join(directory, "pid");
  if (existsSync(file)) return !isAlive(Number(readFileSync(file, "utf8")));
  const status = statSync(directory, { throwIfNoEntry: false });
  return status !== undefined && Date.now() - status.mtimeMs > UNSIGNED_MS_MAX;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
