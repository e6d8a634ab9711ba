import { resolve } from "node:path";
import { type Env, parseEnv } from "../../env.ts";

const DATABASE_PLACEHOLDER = "postgresql://127.0.0.1/wheelhouse";
const BROKER_PLACEHOLDER = "127.0.0.1:9092";
const SECRET_PLACEHOLDER = "-".repeat(32);

export type LauncherSettings = {
  /** What the user set by hand, empty variables left out. */
  source: NodeJS.ProcessEnv;
  env: Env;
  isDatabaseEmbedded: boolean;
  isBrokerEmbedded: boolean;
  isSimulatorOn: boolean;
  /** A port set by hand is kept; the default one moves on when it is taken. */
  isPortGiven: boolean;
  dataDirectory: string;
};

/**
 * Decides what is carried and what is the user's. The whole environment is checked first, with something valid in
 * place of what is only known later, so that all bad values are named before anything is started.
 */
export function readSettings(environment: NodeJS.ProcessEnv, cloneDirectory: string): LauncherSettings {
  const source = withoutEmpty(environment);
  const isDatabaseEmbedded = source.DATABASE_URL === undefined;
  const isBrokerEmbedded = source.KAFKA_BROKERS === undefined;
  const env = parseEnv({
    DATABASE_URL: DATABASE_PLACEHOLDER,
    KAFKA_BROKERS: BROKER_PLACEHOLDER,
    WHEELHOUSE_SECRET: SECRET_PLACEHOLDER,
    WHEELHOUSE_SIMULATOR: isDatabaseEmbedded && isBrokerEmbedded ? "on" : "off",
    ...source,
  });
  return {
    source,
    env,
    isDatabaseEmbedded,
    isBrokerEmbedded,
    isSimulatorOn: env.WHEELHOUSE_SIMULATOR === "on",
    isPortGiven: source.PORT !== undefined,
    dataDirectory: resolve(cloneDirectory, env.WHEELHOUSE_DATA_DIR),
  };
}

/** An empty variable counts as unset. */
function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const given = { ...environment };
  for (const [name, value] of Object.entries(given)) if (value === "") delete given[name];
  return given;
}

const NO_BROKER_SECURITY = {
  KAFKA_SSL: undefined,
  KAFKA_SASL_MECHANISM: undefined,
  KAFKA_SASL_USERNAME: undefined,
  KAFKA_SASL_PASSWORD: undefined,
};

/** What every child gets: the user's environment with what has been decided and started since. */
export function childEnvironment(
  settings: LauncherSettings,
  decided: { databaseUrl: string; brokers: string; secret: string },
): NodeJS.ProcessEnv {
  const embedded = [settings.isDatabaseEmbedded && "database", settings.isBrokerEmbedded && "broker"].filter(Boolean);
  return {
    ...settings.source,
    // The embedded broker speaks plainly: what belongs to another one would keep everybody out.
    ...(settings.isBrokerEmbedded && NO_BROKER_SECURITY),
    NODE_ENV: settings.env.NODE_ENV,
    HOST: settings.env.HOST,
    DATABASE_URL: decided.databaseUrl,
    KAFKA_BROKERS: decided.brokers,
    KAFKAJS_NO_PARTITIONER_WARNING: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    WHEELHOUSE_DATA_DIR: settings.dataDirectory,
    WHEELHOUSE_EMBEDDED: embedded.join(","),
    WHEELHOUSE_SECRET: decided.secret,
    WHEELHOUSE_SIMULATOR: settings.env.WHEELHOUSE_SIMULATOR,
  };
}

/** The address of a database as it may be shown: without user, password and parameters. */
export function databaseAddress(url: string): string {
  const { host, pathname } = new URL(url);
  return `postgresql://${host}${pathname}`;
}
