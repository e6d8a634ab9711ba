import { z } from "zod";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const commaList = z.string().transform((list) =>
  list
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);
const ROLE_NAMES = ["web", "telemetry", "changes", "decisions"] as const;

const Roles = commaList.transform((names, context): readonly (typeof ROLE_NAMES)[number][] => {
  if (names.length === 1 && names[0] === "all") return ROLE_NAMES;
  const unknown = names.filter((name) => !(ROLE_NAMES as readonly string[]).includes(name));
  if (unknown.length > 0 || names.length === 0)
    context.addIssue({ code: "custom", message: `expected "all" or some of ${ROLE_NAMES.join(", ")}` });
  return names as (typeof ROLE_NAMES)[number][];
});

const Env = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().min(1).default("127.0.0.1"),
    WHEELHOUSE_PUBLIC_URL: z.url().optional(),
    KAFKA_BROKERS: commaList.refine((brokers) => brokers.length > 0, "expected host:port, separated by commas"),
    KAFKA_SSL: flag.default(false),
    KAFKA_SASL_MECHANISM: z.enum(["plain", "scram-sha-256", "scram-sha-512"]).optional(),
    KAFKA_SASL_USERNAME: z.string().optional(),
    KAFKA_SASL_PASSWORD: z.string().optional(),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    WHEELHOUSE_DATA_DIR: z.string().min(1).default(".data"),
    WHEELHOUSE_SIMULATOR: z.enum(["on", "off"]).default("off"),
    WHEELHOUSE_SIMULATOR_VEHICLES: z.coerce.number().int().min(1).max(400_000).default(5000),
    WHEELHOUSE_SIMULATOR_SEED: z.coerce.number().int().min(0).default(1),
    WHEELHOUSE_ROLES: Roles.default(ROLE_NAMES),
    WHEELHOUSE_ADMIN_EMAIL: z.email().optional(),
    WHEELHOUSE_ADMIN_PASSWORD: z.string().min(12, "at least 12 characters").optional(),
    WHEELHOUSE_API_KEY: z.string().min(32, "at least 32 characters").optional(),
    WHEELHOUSE_SECRET: z.string().min(32, "at least 32 characters"),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
    /** Set by the start script: which of broker and database it carries itself. */
    WHEELHOUSE_EMBEDDED: commaList.default([]),
  })
  .refine((env) => !env.WHEELHOUSE_ADMIN_EMAIL === !env.WHEELHOUSE_ADMIN_PASSWORD, {
    path: ["WHEELHOUSE_ADMIN_PASSWORD"],
    message: "WHEELHOUSE_ADMIN_EMAIL and WHEELHOUSE_ADMIN_PASSWORD go together",
  })
  .refine((env) => !env.KAFKA_SASL_MECHANISM || (env.KAFKA_SASL_USERNAME && env.KAFKA_SASL_PASSWORD), {
    path: ["KAFKA_SASL_USERNAME"],
    message: "KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD",
  });
export type Env = Readonly<z.infer<typeof Env>>;

/** Variables as a process has them, or as somebody else would give them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Called once per process, by its entry point; every other part is given what it needs. Names every bad variable at
 * once, and never a value: it may be a secret. An empty variable counts as unset.
 */
export function parseEnv(source: Environment): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Env.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`invalid environment:\n${lines.join("\n")}`);
}
