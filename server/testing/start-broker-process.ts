import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Runs the embedded broker from its source in a process of its own, as the product does. */
export async function startBrokerProcess(options: {
  cloneDirectory: string;
  directory: string;
}): Promise<{ address: string; stop(): Promise<void> }> {
  const child = fork(
    join(options.cloneDirectory, "server/embedded/broker/main.ts"),
    ["--data-dir", options.directory, "--port", "0", "--log-level", "error"],
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
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  return { address: `127.0.0.1:${port}`, stop };
}

async function untilListening(child: ReturnType<typeof fork>): Promise<number> {
  for (;;) {
    const [message] = (await once(child, "message")) as [{ kind: string; port: number }];
    if (message.kind === "listening") return message.port;
  }
}
