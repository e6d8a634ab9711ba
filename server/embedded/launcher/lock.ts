import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLineOf, isAlive } from "./processes.ts";

export const LOCK_NAME = "launcher.pid";

export class AlreadyRunning extends Error {
  readonly pid: number;

  constructor(pid: number) {
    super(`already running, as process ${pid}`);
    this.name = "AlreadyRunning";
    this.pid = pid;
  }
}

/**
 * One launcher per data directory. Returns the function that gives the lock back; throws `AlreadyRunning`. The lock of
 * a launcher that was killed is taken over, also when its pid has gone to a program that is no Node process.
 */
export function takeLock(dataDirectory: string): () => void {
  const file = join(dataDirectory, LOCK_NAME);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    const holder = holderOf(file);
    if (holder !== null) throw new AlreadyRunning(holder);
    rmSync(file, { force: true });
    linkSync(draft, file); // fails when another launcher was quicker
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw new AlreadyRunning(holderOf(file) ?? 0);
    throw error;
  } finally {
    unlinkSync(draft);
  }
  return () => rmSync(file, { force: true });
}

function holderOf(file: string): number | null {
  let pid: number;
  try {
    pid = Number(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
  const isRunning = pid > 0 && pid !== process.pid && isAlive(pid) && /node/.test(commandLineOf(pid));
  return isRunning ? pid : null;
}
