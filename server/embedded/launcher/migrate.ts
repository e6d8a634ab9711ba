import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { replacementEngine } from "../../../tools/replacement-engine.mjs";

/** `environment` is what the command inherits; the address of the database goes on top of it. */
export type MigrateOptions = { cloneDirectory: string; url: string; environment: NodeJS.ProcessEnv };

/** Brings a database to the newest migration with Prisma's own command; creates the database where it is missing. */
export async function migrateDatabase({ cloneDirectory, url, environment }: MigrateOptions): Promise<void> {
  const { exitCode, output } = await runPrisma(["migrate", "deploy"], { cloneDirectory, url, environment });
  if (exitCode !== 0) throw new Error(`the database could not be migrated:\n${output.trim()}`);
}

/** Runs the `prisma` command of this clone, and returns its exit code with everything it printed. */
export function runPrisma(
  commandLine: string[],
  options: MigrateOptions,
): Promise<{ exitCode: number | null; output: string }> {
  const command = join(options.cloneDirectory, "node_modules/prisma/build/index.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...commandLine], {
      cwd: options.cloneDirectory,
      env: prismaEnvironment(options),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, output }));
  });
}

export function prismaEnvironment({ cloneDirectory, url, environment }: MigrateOptions): NodeJS.ProcessEnv {
  return {
    ...environment,
    // The replacement engine is a script: it shall run on this very Node, whichever comes first elsewhere.
    PATH: [dirname(process.execPath), environment.PATH ?? "/usr/local/bin:/usr/bin:/bin"].join(delimiter),
    DATABASE_URL: url,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    ...replacementEngine(cloneDirectory, environment),
  };
}
