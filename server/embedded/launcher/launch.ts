import {
  emptyDataDirectory,
  keepSecret,
  makeDataDirectory,
  readEndpoints,
  removeEndpoints,
  writeEndpoints,
} from "./data-directory.ts";
import { AlreadyRunning, LOCK_NAME, takeLock } from "./lock.ts";
import { isPortFree } from "./ports.ts";
import { type Decided, type Entries, ensureMigrated, productParts } from "./product-parts.ts";
import { databaseAddress, type LauncherSettings } from "./settings.ts";
import { Supervisor } from "./supervisor.ts";
import { box, seconds, type Terminal } from "./terminal.ts";

export type LaunchOptions = {
  settings: LauncherSettings;
  cloneDirectory: string;
  entries: Entries;
  isFresh: boolean;
  terminal: Terminal;
  /** Called when a part kept dying; everything has been stopped by then. */
  onGivenUp(error: Error): void;
};
/** `started` settles when all is up, or rejects when it could not be; then everything has been stopped again. */
export type Launched = { started: Promise<void>; stop(): Promise<void>; kill(): void };

/** A reason not to start that the user can do something about: shown as it is, without a stack. */
export class LaunchRefused extends Error {}

/** Starts everything that this clone runs, in order: database, broker, tower, simulated world. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { settings, terminal } = options;
  const { dataDirectory } = settings;
  await refuseTakenPort(settings);
  makeDataDirectory(dataDirectory);
  const releaseLock = lockOrRefuse(dataDirectory);
  try {
    if (options.isFresh) await beginAnew(options);
    removeEndpoints(dataDirectory); // a launcher that was killed left them
  } catch (error) {
    releaseLock();
    throw error;
  }

  const decided: Decided = {
    secret: settings.source.WHEELHOUSE_SECRET ?? keepSecret(dataDirectory),
    databaseUrl: settings.source.DATABASE_URL ?? "",
    brokers: settings.source.KAFKA_BROKERS ?? "",
    tower: null,
  };
  const { parts, close } = productParts({ ...options, decided });
  const supervisor = new Supervisor(parts, {
    report: terminal.say,
    onStarted: (name, ms) => terminal.say(`  ${name} up (${seconds(ms)})`),
    onGivenUp: options.onGivenUp,
  });
  const cleanUp = () => {
    removeEndpoints(dataDirectory);
    close();
    releaseLock();
  };
  return {
    started: startAll(options, supervisor, decided),
    stop: () => supervisor.stop().finally(cleanUp),
    kill() {
      supervisor.kill();
      cleanUp();
    },
  };
}

async function refuseTakenPort({ isPortGiven, env }: LauncherSettings): Promise<void> {
  if (!isPortGiven || env.PORT === 0 || (await isPortFree(env.PORT, env.HOST))) return;
  throw new LaunchRefused(`Port ${env.PORT} is taken, and PORT asks for it. Free it, or set PORT to another one.`);
}

function lockOrRefuse(dataDirectory: string): () => void {
  try {
    return takeLock(dataDirectory);
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    const web = readEndpoints(dataDirectory)?.web;
    throw new LaunchRefused(
      `Wheelhouse is already running here, ${web ? `at ${web}` : "and about to be ready"} (process ${error.pid}).`,
    );
  }
}

async function beginAnew({ settings, terminal }: LaunchOptions): Promise<void> {
  await emptyDataDirectory(settings.dataDirectory, LOCK_NAME);
  terminal.say(`Began anew: ${settings.dataDirectory} is empty.`);
  if (!settings.isDatabaseEmbedded) terminal.say("  The database that DATABASE_URL names was left as it is.");
}

async function startAll(options: LaunchOptions, supervisor: Supervisor, decided: Decided): Promise<void> {
  const { settings, terminal } = options;
  const startedAt = performance.now();
  if (!settings.isDatabaseEmbedded)
    await ensureMigrated({ ...options, url: decided.databaseUrl, environment: settings.source });
  await supervisor.start();
  if (!decided.tower) return; // stopped on the way
  const { web, signIn } = decided.tower;
  writeEndpoints(settings.dataDirectory, {
    web,
    broker: decided.brokers,
    database: databaseAddress(decided.databaseUrl),
  });
  terminal.say("");
  terminal.say(
    box([
      `Wheelhouse is up: ${web}`,
      ...signIn,
      "",
      `Up in ${seconds(performance.now() - startedAt)}. Ctrl-C stops it; what it knows is kept.`,
    ]),
  );
}
