import { createHash } from "node:crypto";
import { realpathSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Keeps a second broker out of a data directory. The lock is a listening local socket: it dies with its process
 * however that ends, where a file with a process id would outlive it and might come to name a stranger.
 */
export class DataDirectoryLock {
  readonly #directory: string;
  #server: Server | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async acquire(): Promise<void> {
    const path = this.#socketPath();
    if (await isAnswered(path)) throw new Error(`another broker is using ${this.#directory}`);
    // What is left of a process that was killed.
    if (process.platform !== "win32") rmSync(path, { force: true });
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
    server.unref();
    this.#server = server;
  }

  async release(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** Not in the directory itself: the path of a socket may have about a hundred bytes only. */
  #socketPath(): string {
    const hash = createHash("sha256").update(realpathSync(this.#directory)).digest("hex").slice(0, 24);
    const name = `wheelhouse-broker-${hash}`;
    return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  }
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const settle = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}
