import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export type BrokerProcess = {
  address: string;
  port: number;
  /** Ends it like a crash; its directory and port can be given to a successor. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

/** Runs the embedded broker from its source in a process of its own, as the product does. Port 0 is any free one. */
export async function startEmbeddedBroker(options: {
  cloneDirectory: string;
  directory: string;
  port?: number;
}): Promise<BrokerProcess> {
  const child = fork(
    join(options.cloneDirectory, "server/embedded/broker/main.ts"),
    ["--data-dir", options.directory, "--port", String(options.port ?? 0), "--log-level", "error"],
    {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const exited = once(child, "exit");
  const port = await Promise.race([
    untilListening(child),
    exited.then(([exitCode]) => {
      throw new Error(`the embedded broker ended with ${exitCode} before it was ready`);
    }),
  ]);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return { address: `127.0.0.1:${port}`, port, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

async function untilListening(child: ReturnType<typeof fork>): Promise<number> {
  for (;;) {
    const [message] = (await once(child, "message")) as [{ kind: string; port: number }];
    if (message.kind === "listening") return message.port;
  }
}
