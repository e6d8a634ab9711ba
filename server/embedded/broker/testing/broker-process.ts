import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export type BrokerProcess = { child: ChildProcess; port: number; exited: Promise<number | NodeJS.Signals> };

/** The broker as the product starts it: a process of its own, with a channel to its parent. */
export async function startBrokerProcess(args: readonly string[]): Promise<BrokerProcess> {
  const { child, exited } = forkBroker(args);
  const listening = once(child, "message") as Promise<[{ kind: string; port: number }]>;
  const [message] = await Promise.race([
    listening,
    exited.then((code) => Promise.reject(new Error(`the broker ended with ${code} before it listened`))),
  ]);
  return { child, port: message.port, exited };
}

/** What it says on its way out, for starts that must fail. */
export async function startFailing(
  args: readonly string[],
): Promise<{ code: number | NodeJS.Signals; output: string }> {
  const { child, exited } = forkBroker(args);
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  return { code: await exited, output };
}

function forkBroker(args: readonly string[]): { child: ChildProcess; exited: Promise<number | NodeJS.Signals> } {
  const child = fork(join(import.meta.dirname, "..", "main.ts"), args, {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const exited = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  return { child, exited };
}
