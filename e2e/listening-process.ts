import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const LISTENING = "0A";

/** The process that listens on a loopback port, as the operating system tells it. */
export function listeningProcess(port: number): number {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  const columns = readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .find(([, local, , state]) => local?.endsWith(`:${hexPort}`) && state === LISTENING);
  const holder = readdirSync("/proc").find((name) => /^\d+$/.test(name) && holds(name, `socket:[${columns?.[9]}]`));
  if (!columns || !holder) throw new Error(`nobody listens on port ${port}`);
  return Number(holder);
}

function holds(process: string, socket: string): boolean {
  try {
    return readdirSync(`/proc/${process}/fd`).some((fd) => readlinkSync(`/proc/${process}/fd/${fd}`) === socket);
  } catch {
    return false; // it ended while we looked, or is not ours
  }
}
