import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundleProcess } from "./bundle-process.ts";

const serverDirectory = dirname(dirname(import.meta.dirname));
const thread = (name: string) => join(serverDirectory, `threads/${name}.ts`);

type TowerSettings = { roles: string; databaseUrl: string; broker: string; secret: string };

/** The tower's own main process with some of its roles, exactly as it is started in production. */
export class TowerChild {
  readonly exited: Promise<number | NodeJS.Signals>;

  /** Returns once it says that it is up. */
  static async start({ roles, databaseUrl, broker, secret }: TowerSettings): Promise<TowerChild> {
    const threads = { telemetry: thread("telemetry"), changes: thread("changes"), keeping: thread("keeping") };
    const file = await bundleProcess(join(serverDirectory, "main.ts"), threads);
    const env: NodeJS.ProcessEnv = {
      ...{ PATH: "/usr/bin:/bin", NODE_ENV: "production" as const, LOG_LEVEL: "error", PORT: "0" },
      ...{ WHEELHOUSE_ROLES: roles, WHEELHOUSE_SECRET: secret, WHEELHOUSE_DATA_DIR: tmpdir() },
      ...{ DATABASE_URL: databaseUrl, KAFKA_BROKERS: broker },
    };
    const child = fork(file, [], { env, execArgv: ["--enable-source-maps"] });
    const tower = new TowerChild(child);
    await Promise.race([
      once(child, "message"),
      tower.exited.then((code) => Promise.reject(new Error(`the tower ended with ${code} at its start`))),
    ]);
    return tower;
  }

  private constructor(private readonly child: ChildProcess) {
    this.exited = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  }

  async end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return this.exited;
  }
}
