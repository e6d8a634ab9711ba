import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { bundleProcess } from "./bundle-process.ts";
import type { FromLanesProcess, LanesSettings, LanesStatus, ToLanesProcess, VehicleAnswer } from "./lanes-process.ts";

/** Both lanes in a process of their own, seen from the test. */
export class LanesChild {
  status: LanesStatus | null = null;
  rssBytes = 0;
  /** The exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  readonly #child: ChildProcess;
  readonly #isUp: Promise<unknown>;
  #answered: ((vehicles: VehicleAnswer[]) => void) | null = null;

  /** Returns once it can be asked. `clockSkewMs` moves the clock of the process, as on a machine whose clock is wrong. */
  static async start(settings: LanesSettings, { clockSkewMs = 0 } = {}): Promise<LanesChild> {
    const file = await bundleProcess(join(import.meta.dirname, "lanes-process.ts"));
    const skew = `const now = Date.now; Date.now = () => now() + ${clockSkewMs}`;
    const execArgv = ["--enable-source-maps", "--import", `data:text/javascript,${encodeURIComponent(skew)}`];
    const child = new LanesChild(fork(file, [JSON.stringify(settings)], { execArgv }));
    await Promise.race([child.#isUp, child.exited]);
    return child;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#isUp = once(child, "message");
    this.exited = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
    child.on("message", (message: FromLanesProcess) => {
      if (message.kind === "vehicles") this.#answered?.(message.vehicles);
      else {
        this.status = message.status;
        this.rssBytes = message.rssBytes;
      }
    });
  }

  delivered(): { telemetry: number; changes: number } {
    const { telemetry, changes } = this.status ?? {};
    return { telemetry: telemetry?.records.delivered ?? 0, changes: changes?.records.delivered ?? 0 };
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it without any chance to say a word. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.exited;
    this.status = null;
  }

  /** As an operator would end it. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.#child.kill("SIGTERM");
    return this.exited;
  }

  /** What the telemetry lane says of these vehicles. */
  vehicles(ids: string[]): Promise<VehicleAnswer[]> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#child.send({ kind: "ask", ids } satisfies ToLanesProcess);
    });
  }
}
