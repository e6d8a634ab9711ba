import { existsSync, readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;
/** Places in a stat file after the name in brackets. */
const PARENT = 1;
const OWN_TIMES = [11, 12] as const;
const REAPED_TIMES = [13, 14] as const;

/** What processes cost is read from /proc: only there the threads and children of somebody else's process are counted. */
export function requireProc(): void {
  if (!existsSync("/proc/self/stat"))
    throw new Error("these measurements need Linux: they read processor time in /proc");
}

/** Processor seconds of a process with all its threads, those that ended included. */
export function processorS(pid: number): number {
  return secondsIn(statOf(`/proc/${pid}/stat`), OWN_TIMES);
}

/** Of one thread. The main thread of a process has its number. */
export function threadS(pid: number, thread: number): number {
  return secondsIn(statOf(`/proc/${pid}/task/${thread}/stat`), OWN_TIMES);
}

/** Of a process with its children, living and gone: PostgreSQL has one for each connection. */
export function treeS(pid: number): number {
  const root = statOf(`/proc/${pid}/stat`);
  let sum = secondsIn(root, OWN_TIMES) + secondsIn(root, REAPED_TIMES);
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statIfThere(`/proc/${name}/stat`);
    if (stat && Number(stat[PARENT]) === pid) sum += secondsIn(stat, OWN_TIMES);
  }
  return sum;
}

export function parentOf(pid: number): number {
  return Number(statOf(`/proc/${pid}/stat`)[PARENT]);
}

/** Resident memory, bytes. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

const secondsIn = (stat: readonly string[], places: readonly number[]): number =>
  places.reduce((sum, place) => sum + Number(stat[place]), 0) / TICKS_PER_SECOND;

function statOf(path: string): string[] {
  const stat = readFileSync(path, "utf8");
  // The name may hold spaces and brackets of its own.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** A process may end between the listing and the look. */
function statIfThere(path: string): string[] | null {
  try {
    return statOf(path);
  } catch {
    return null;
  }
}
