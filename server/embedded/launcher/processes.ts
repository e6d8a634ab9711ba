import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Whether a process with this id runs, whoever it belongs to. One that has ended and was not collected yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before it is in parentheses and may hold anything.
    return status.charAt(status.lastIndexOf(")") + 2) === "Z";
  } catch {
    return false;
  }
}

/** The command line of a running process, or an empty string when there is none. Small images carry no `ps`. */
export function commandLineOf(pid: number): string {
  if (existsSync("/proc/self/cmdline")) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return "";
    }
  }
  return spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}

/** The ids of all running processes whose command line contains `text`. */
export function findProcesses(text: string): number[] {
  return allPids().filter((pid) => pid !== process.pid && commandLineOf(pid).includes(text));
}

function allPids(): number[] {
  if (existsSync("/proc/self/cmdline")) return readdirSync("/proc").map(Number).filter(Number.isInteger);
  return spawnSync("ps", ["-axo", "pid="], { encoding: "utf8" }).stdout.trim().split(/\s+/).map(Number);
}
