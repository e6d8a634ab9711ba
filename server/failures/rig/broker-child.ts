import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundleProcess } from "./bundle-process.ts";

const entry = join(dirname(dirname(import.meta.dirname)), "embedded/broker/main.ts");

/** The development broker in a process of its own, on files and a port that outlive it. */
export class BrokerChild {
  readonly #directory = mkdtempSync(join(tmpdir(), "wheelhouse-failures-"));
  #child: ChildProcess | null = null;
  #port = 0;

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** `fileKilobytesMax`: no file may grow beyond this, which is what a full disk does to a log that is appended to. */
  async start({ fileKilobytesMax }: { fileKilobytesMax?: number } = {}): Promise<void> {
    const file = await bundleProcess(entry);
    const limit = fileKilobytesMax === undefined ? "unlimited" : String(fileKilobytesMax);
    const command = `ulimit -S -f ${limit}; exec "$0" "$@"`;
    const own = ["--data-dir", this.#directory, "--port", String(this.#port), "--log-level", "error"];
    const child = spawn("bash", ["-c", command, process.execPath, file, ...own], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#child = child;
    const [message] = (await Promise.race([
      once(child, "message"),
      once(child, "exit").then(([code]) => Promise.reject(new Error(`the broker ended with ${code} at its start`))),
    ])) as [{ port: number }];
    this.#port = message.port;
  }

  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
