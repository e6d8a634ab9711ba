import { parseArgs } from "node:util";
import { z } from "zod";
import { type Environment, parseEnv } from "../env.ts";
import type { KafkaSettings } from "../stream/kafka.ts";
import { type TroubleSettings, USUAL_ONE_IN, USUAL_TROUBLE } from "./trouble/settings.ts";

export type SimulatorOptions = {
  kafka: KafkaSettings;
  logLevel: string;
  seed: number;
  vehicles: number;
  /** `null`: the present. */
  startMs: number | null;
  /** World seconds per second; `max` goes as fast as the records can be sent. */
  speed: number | "max";
  /** World time to run for; `null` never ends. */
  durationMs: number | null;
  trouble: TroubleSettings;
  truthPort: number;
  /** Ends when the run is done; else it stays to be asked for its truth. */
  isOnce: boolean;
  /** Whether documents that an earlier world left open on this log are closed. */
  closesEarlier: boolean;
  graphPath: string;
};

export const HELP = `The simulated world: sends the source topics of a made-up company to Kafka.

  --vehicles N      how many (WHEELHOUSE_SIMULATOR_VEHICLES, 5000)
  --seed N          the same seed gives the same world (WHEELHOUSE_SIMULATOR_SEED, 1)
  --start TIME      event time at which it begins, ISO 8601 (the present; with --speed and --duration: so that it ends now)
  --speed X|max     world seconds per second (1)
  --duration S      seconds of world time to run for (no end)
  --broken N, --repeated N, --late N
                    exactly so many records of each kind within --duration; 0 without it turns the kind off
  --truth-port N    where http://127.0.0.1:N/status and /truth answer (a free port)
  --close-earlier   close what an earlier world left open on this log; without --start and --duration, and not
                    beside another world
  --once            end when the duration is over
  --graph FILE      the road network (public/basemap/graph.json)
`;

const count = z.coerce.number().int().min(0);
const CommandLine = z.strictObject({
  vehicles: z.coerce.number().int().min(1).max(400_000).optional(),
  seed: count.optional(),
  start: z.iso.datetime({ offset: true }).optional(),
  speed: z.union([z.literal("max"), z.coerce.number().positive()]).default(1),
  duration: z.coerce.number().positive().optional(),
  broken: count.optional(),
  repeated: count.optional(),
  late: count.optional(),
  "truth-port": z.coerce.number().int().min(0).max(65_535).default(0),
  once: z.boolean().default(false),
  "close-earlier": z.boolean().default(false),
  graph: z.string().min(1).default("public/basemap/graph.json"),
});
type CommandLine = z.infer<typeof CommandLine>;

const text = { type: "string" } as const;
const OPTIONS = {
  vehicles: text,
  seed: text,
  start: text,
  speed: text,
  duration: text,
  broken: text,
  repeated: text,
  late: text,
  "truth-port": text,
  once: { type: "boolean" },
  "close-earlier": { type: "boolean" },
  graph: text,
} as const;

/** Reads environment and command line; names every bad option at once. */
export function readOptions(environment: Environment, commandLine: string[]): SimulatorOptions {
  const { values } = parseArgs({ args: commandLine, options: OPTIONS, strict: true });
  const parsed = CommandLine.safeParse(values);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  --${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`invalid options:\n${lines.join("\n")}`);
  }
  const env = parseEnv(withoutDatabase(environment));
  const given = parsed.data;
  return {
    kafka: kafkaSettings(env),
    logLevel: env.LOG_LEVEL,
    seed: given.seed ?? env.WHEELHOUSE_SIMULATOR_SEED,
    vehicles: given.vehicles ?? env.WHEELHOUSE_SIMULATOR_VEHICLES,
    startMs: given.start === undefined ? null : Date.parse(given.start),
    speed: given.speed,
    durationMs: given.duration === undefined ? null : given.duration * 1000,
    trouble: troubleOf(given),
    truthPort: given["truth-port"],
    isOnce: given.once,
    closesEarlier: given["close-earlier"],
    graphPath: given.graph,
  };
}

/** This process speaks to Kafka alone, so what only the tower needs may be missing. */
const withoutDatabase = (environment: Environment): Environment => ({
  ...environment,
  DATABASE_URL: environment.DATABASE_URL || "postgresql://not.used",
  WHEELHOUSE_SECRET: environment.WHEELHOUSE_SECRET || "-".repeat(32),
});

function kafkaSettings(env: ReturnType<typeof parseEnv>): KafkaSettings {
  const mechanism = env.KAFKA_SASL_MECHANISM;
  return {
    clientId: "wheelhouse-simulator",
    brokers: env.KAFKA_BROKERS,
    ssl: env.KAFKA_SSL,
    sasl: mechanism
      ? { mechanism, username: env.KAFKA_SASL_USERNAME ?? "", password: env.KAFKA_SASL_PASSWORD ?? "" }
      : null,
  };
}

function troubleOf({ duration, broken, repeated, late }: CommandLine): TroubleSettings {
  const given = { broken, repeated, late };
  const isAsked = Object.values(given).some((total) => total !== undefined);
  if (!isAsked) return USUAL_TROUBLE;
  if (duration !== undefined) {
    const totals = { broken: broken ?? 0, repeated: repeated ?? 0, late: late ?? 0 };
    return { kind: "totals", totals, durationMs: duration * 1000 };
  }
  const numbered = Object.entries(given).filter(([, total]) => total !== undefined && total > 0);
  if (numbered.length > 0) throw new Error(`--${numbered[0]?.[0]} with a number needs --duration`);
  const off = Object.fromEntries(
    Object.entries(given)
      .filter(([, total]) => total === 0)
      .map(([kind]) => [kind, null]),
  );
  return { kind: "oneIn", oneIn: { ...USUAL_ONE_IN, ...off } };
}
