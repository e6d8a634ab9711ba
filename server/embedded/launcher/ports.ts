import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";

export type IsPortFree = (port: number, host: string) => Promise<boolean>;

const PORT_MAX = 65_535;

/** Whether a server could listen there now. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A port that nobody listens on, chosen by the system. */
export function anyFreePort(host = "127.0.0.1"): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port: 0, host }, () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The port itself, or the next ones after it, until one is free. */
export async function nextFreePort(first: number, host: string, isFree: IsPortFree = isPortFree): Promise<number> {
  for (let port = first; port <= PORT_MAX; port++) if (await isFree(port, host)) return port;
  throw new Error(`no port from ${first} on is free on ${host}`);
}

/** The port that was used last, so that addresses outlive a restart; 0 when there was none or the file is damaged. */
export function rememberedPort(file: string): number {
  const port = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  return Number.isInteger(port) && port > 0 && port <= PORT_MAX ? port : 0;
}
