import { type Launched, LaunchRefused, launch } from "./launch.ts";
import type { Entries } from "./product-parts.ts";
import { readSettings } from "./settings.ts";
import { onStopRequest } from "./stop-requests.ts";
import { createTerminal } from "./terminal.ts";

export type LauncherOptions = {
  environment: NodeJS.ProcessEnv;
  commandLine: readonly string[];
  cloneDirectory: string;
  entries: Entries;
};

/** The whole life of the launcher's process: reads the environment, starts everything, and ends it when asked to. */
export async function runLauncher({
  environment,
  commandLine,
  cloneDirectory,
  entries,
}: LauncherOptions): Promise<void> {
  const terminal = createTerminal(process.stdout, process.stderr);
  let launched: Launched | undefined;

  const end = async (exitCode: number) => {
    await launched?.stop().catch((error: unknown) => terminal.fail(describe(error)));
    process.exit(exitCode);
  };
  onStopRequest({
    // npm does not pass every signal on to us, so its end is the sign.
    isParentWatched: environment.npm_lifecycle_event !== undefined,
    stop() {
      terminal.say("\nStopping …");
      void end(0);
    },
    endAtOnce() {
      launched?.kill();
      process.exit(130);
    },
  });

  try {
    launched = await launch({
      settings: readSettings(environment, cloneDirectory),
      cloneDirectory,
      entries,
      isFresh: commandLine.includes("--fresh"),
      terminal,
      onGivenUp(error) {
        terminal.fail(`Gave up: ${error.message}.`);
        void end(1);
      },
    });
    await launched.started;
  } catch (error) {
    terminal.fail(describe(error));
    await end(1);
  }
}

/** One line for a person, with the causes that led to it. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof LaunchRefused || error.cause === undefined) return error.message;
  return `${error.message}: ${describe(error.cause)}`;
}
