import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { cloneDirectory } from "./clone.mjs";

const running = new Set();
const PARENT_POLL_MS = 500;
let isStopping = false;

/** A failure that is told to the user as it is, without a stack. */
export class Failure extends Error {}

/**
 * Runs a command in the clone. Resolves with its exit code (that of a shell when a signal ended it) and, with
 * `isQuiet`, what it printed; else it prints to our own terminal.
 */
export function run(command, commandLine, { environment = {}, isQuiet = false, cwd = cloneDirectory } = {}) {
  return new Promise((resolve, reject) => {
    const output = isQuiet ? "pipe" : "inherit";
    const child = spawn(command, commandLine, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["ignore", output, output],
      // npm is a batch file on Windows.
      shell: process.platform === "win32" && command === "npm",
    });
    running.add(child);
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (printed += text));
    child.once("error", (error) => reject(new Failure(`${command} could not be started: ${error.message}`)));
    child.once("close", (exitCode, signal) => {
      running.delete(child);
      resolve({ exitCode: exitCode ?? 128 + (constants.signals[signal] ?? 0), printed });
    });
  });
}

/** Like `run`, and fails when the command does. */
export async function mustRun(command, commandLine, options = {}) {
  const { exitCode, printed } = await run(command, commandLine, options);
  if (isStopping) throw new Failure("stopped");
  if (exitCode !== 0)
    throw new Failure(
      `"${[command, ...commandLine].join(" ")}" ended with ${exitCode}.${printed ? `\n${printed.trim()}` : ""}`,
    );
  return printed;
}

/** A script of an installed package, run by this very Node. */
export function packageScript(packageName, path) {
  return join(cloneDirectory, "node_modules", packageName, path);
}

/**
 * While a script runs commands, a signal ends the command first and the script after it; so does the end of npm, which
 * does not pass every signal on. Returns what takes this back, for when something else takes over.
 */
export function stopWithSignals() {
  const stop = (signal) => {
    isStopping = true;
    for (const child of running) child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
    process.exitCode = 128 + constants.signals[signal];
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, stop);
  const forgetParent = whenParentEnds(() => stop("SIGTERM"));
  return () => {
    forgetParent();
    for (const signal of signals) process.off(signal, stop);
  };
}

/** Calls `stop` once when the npm that runs us is gone. Returns what takes this back. */
export function whenParentEnds(stop) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (!process.env.npm_lifecycle_event || process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, PARENT_POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Whether a signal has asked the script to stop: it then begins nothing new. */
export function isStopped() {
  return isStopping;
}

/** Runs a script's work, tells its failure in one line, and sets the exit code. */
export async function main(work) {
  const giveBack = stopWithSignals();
  try {
    process.exitCode = (await work({ giveBack })) ?? process.exitCode ?? 0;
  } catch (error) {
    if (!isStopping) console.error(`\n✖ ${error instanceof Failure ? error.message : error.stack}\n`);
    process.exitCode ||= 1;
  }
}
