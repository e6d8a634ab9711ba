import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import type { Part, Running } from "./supervisor.ts";

/** What a child says over its channel. The channel's end tells the child that the launcher is gone. */
export type ChildMessage = { kind: "ready"; web?: string; signIn?: string[] } | { kind: "listening"; port: number };

export type ChildPartOptions = {
  name: string;
  entry: string;
  cwd: string;
  /** Asked at each start, as a port may have to be chosen again. */
  launch(): Promise<{ environment: NodeJS.ProcessEnv; commandLine: readonly string[] }>;
  /** Takes what the child prints, line by line; without it the child writes to our own output. */
  onLine?(line: string): void;
  onReady?(message: ChildMessage): void;
  /** The child ended and nobody had asked it to. */
  onCrash?(): void;
  /** See `Part`. */
  isWorthAnother?(): Promise<boolean>;
  readyMsMax?: number;
};

const READY_MS_MAX = 120_000;

/** A Node process of our own that reports over IPC when it is ready, and ends on `SIGTERM`. */
export function childPart(options: ChildPartOptions): Part {
  const { name, isWorthAnother } = options;
  return { name, start: () => startChild(options), ...(isWorthAnother && { isWorthAnother }) };
}

function startChild(options: ChildPartOptions): Running {
  let child: ChildProcess | undefined;
  let isEnding = false;
  const forked = options.launch().then((launch) => {
    if (isEnding) throw new Error("stopped before it began");
    child = forkChild(options, launch);
    return child;
  });
  const exited = forked.then(untilExit, (error: Error) => error.message);
  void exited.then(() => {
    if (!isEnding) options.onCrash?.();
  });
  const ready = forked.then((started) => untilReady(started, exited, options));
  ready.catch(() => {}); // who stops a part early does not wait for it to be ready
  return {
    ready,
    exited,
    async stop() {
      isEnding = true;
      child?.kill("SIGTERM");
      await exited;
    },
    kill() {
      isEnding = true;
      child?.kill("SIGKILL");
    },
  };
}

function forkChild(options: ChildPartOptions, launch: Awaited<ReturnType<ChildPartOptions["launch"]>>): ChildProcess {
  const output = options.onLine ? "pipe" : "inherit";
  const child = fork(options.entry, launch.commandLine, {
    cwd: options.cwd,
    env: launch.environment,
    execArgv: ["--enable-source-maps"],
    // A process group of its own: Ctrl-C reaches the launcher alone, which ends its children in order.
    detached: true,
    stdio: ["ignore", output, output, "ipc"],
  });
  for (const stream of [child.stdout, child.stderr])
    if (stream && options.onLine) createInterface({ input: stream }).on("line", options.onLine);
  return child;
}

function untilExit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (exitCode, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${exitCode}`));
  });
}

function untilReady(child: ChildProcess, exited: Promise<string>, options: ChildPartOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const readyMsMax = options.readyMsMax ?? READY_MS_MAX;
    const timer = setTimeout(() => reject(new Error(`not ready after ${readyMsMax / 1000} s`)), readyMsMax);
    void exited.then((reason) => {
      clearTimeout(timer);
      reject(new Error(reason));
    });
    child.on("message", (message) => {
      if (!isReadyMessage(message)) return;
      clearTimeout(timer);
      options.onReady?.(message);
      resolve();
    });
  });
}

function isReadyMessage(message: unknown): message is ChildMessage {
  const kind = typeof message === "object" && message !== null && "kind" in message ? message.kind : undefined;
  return kind === "ready" || kind === "listening";
}
