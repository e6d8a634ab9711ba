import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ChildOutput, keepOutput } from "./child-output.ts";
import { type ChildPartOptions, childPart } from "./child-part.ts";
import { databasePart } from "./database-part.ts";
import { type MigrateOptions, migrateDatabase } from "./migrate.ts";
import { isMigrated } from "./pending-migrations.ts";
import { anyFreePort, isPortFree, nextFreePort, rememberedPort } from "./ports.ts";
import { childEnvironment, type LauncherSettings } from "./settings.ts";
import type { Part } from "./supervisor.ts";
import type { Terminal } from "./terminal.ts";

const BROKER_HOST = "127.0.0.1";
const BROKER_PORT_DEFAULT = 9092;

/** The files that the child processes run. */
export type Entries = { broker: string; tower: string; simulator: string };

/** What is only known once something has started; each part adds its own and reads that of the parts before it. */
export type Decided = {
  secret: string;
  databaseUrl: string;
  brokers: string;
  tower: { web: string; signIn: readonly string[] } | null;
};

export type ProductOptions = {
  settings: LauncherSettings;
  cloneDirectory: string;
  entries: Entries;
  terminal: Terminal;
  decided: Decided;
};

type ProcessPlan = Pick<ChildPartOptions, "name" | "entry" | "launch" | "onReady" | "isWorthAnother">;

/** The processes of the product in the order in which they start. `close` gives their log files back. */
export function productParts(options: ProductOptions): { parts: Part[]; close(): void } {
  const { settings } = options;
  const logs: ChildOutput[] = [];
  const processPart = (plan: ProcessPlan): Part => {
    const log = openLog(options, plan.name);
    if (log) logs.push(log);
    return childPart({ ...plan, cwd: options.cloneDirectory, onLine: log?.take, onCrash: log?.showLast });
  };
  const parts: Part[] = [];
  if (settings.isDatabaseEmbedded) parts.push(embeddedDatabase(options));
  if (settings.isBrokerEmbedded) parts.push(processPart(embeddedBroker(options)));
  parts.push(processPart(tower(options)));
  if (settings.isSimulatorOn) parts.push(processPart(simulatedWorld(options)));
  return {
    parts,
    close() {
      for (const log of logs) log.close();
    },
  };
}

/** Beside an embedded service the terminal is a person's: logs go to files. Else they are the operator's to collect. */
function openLog({ settings, terminal }: ProductOptions, name: string): ChildOutput | undefined {
  if (!settings.isDatabaseEmbedded && !settings.isBrokerEmbedded) return undefined;
  const file = join(settings.dataDirectory, "logs", `${name.replaceAll(" ", "-")}.log`);
  return keepOutput({ name, file, show: terminal.say });
}

function embeddedDatabase({ settings, cloneDirectory, decided }: ProductOptions): Part {
  return databasePart({
    directory: join(settings.dataDirectory, "database"),
    async onReady({ url }) {
      // The others hold the first address: a restart that finds its port taken has to try again.
      if (decided.databaseUrl !== "" && decided.databaseUrl !== url)
        throw new Error("the port of the database was taken meanwhile");
      decided.databaseUrl = url;
      await ensureMigrated({ cloneDirectory, url, environment: settings.source });
    },
  });
}

function embeddedBroker({ settings, entries, decided }: ProductOptions): ProcessPlan {
  const portFile = join(settings.dataDirectory, "broker-port");
  let port = 0;
  return {
    name: "broker",
    entry: entries.broker,
    async launch() {
      // The others hold the first address, so a restart keeps to it; a first start moves on when it is taken.
      const wanted = rememberedPort(portFile) || BROKER_PORT_DEFAULT;
      port = decided.brokers === "" ? await nextFreePort(wanted, BROKER_HOST) : wanted;
      const directory = join(settings.dataDirectory, "broker");
      const commandLine = ["--data-dir", directory, "--port", String(port), "--log-level", settings.env.LOG_LEVEL];
      return { environment: settings.source, commandLine };
    },
    isWorthAnother: () => isTakenMeanwhile(port, BROKER_HOST),
    onReady(message) {
      if (message.kind !== "listening") return;
      writeFileSync(portFile, String(message.port));
      decided.brokers = `${BROKER_HOST}:${message.port}`;
    },
  };
}

function tower({ settings, entries, decided }: ProductOptions): ProcessPlan {
  let port = 0;
  return {
    name: "tower",
    entry: entries.tower,
    async launch() {
      // People hold the first address, so a restart keeps to it.
      if (!decided.tower) port = await firstPort(settings);
      return { environment: { ...childEnvironment(settings, decided), PORT: String(port) }, commandLine: [] };
    },
    isWorthAnother: async () => !settings.isPortGiven && (await isTakenMeanwhile(port, settings.env.HOST)),
    onReady(message) {
      if (message.kind === "ready") decided.tower ??= { web: message.web ?? "", signIn: message.signIn ?? [] };
    },
  };
}

/** Two that start at the same moment may both find a port free: the slower one then takes the next. */
async function isTakenMeanwhile(port: number, host: string): Promise<boolean> {
  return port > 0 && !(await isPortFree(port, host));
}

async function firstPort({ isPortGiven, env }: LauncherSettings): Promise<number> {
  if (env.PORT === 0) return anyFreePort(env.HOST);
  return isPortGiven ? env.PORT : nextFreePort(env.PORT, env.HOST);
}

function simulatedWorld({ settings, entries, decided }: ProductOptions): ProcessPlan {
  return {
    name: "simulated world",
    entry: entries.simulator,
    launch: async () => ({ environment: childEnvironment(settings, decided), commandLine: ["--close-earlier"] }),
  };
}

/** Prisma's command takes seconds, also when there is nothing to do: it runs only when a migration is missing. */
export async function ensureMigrated(options: MigrateOptions): Promise<void> {
  if (!(await isMigrated(options))) await migrateDatabase(options);
}
