import { z } from "zod";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const commaList = z.string().transform((list) =>
  list
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);
function wholeNumber(min: number, max: number) {
  const message = `expected a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}
function isBrokerAddress(text: string): boolean {
  const port = /^[^\s:/@]+:(\d{1,5})$/.exec(text)?.[1];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}
const ROLE_NAMES = ["web", "telemetry", "changes", "decisions"] as const;

const Roles = commaList.transform((names, context): readonly (typeof ROLE_NAMES)[number][] => {
  if (names.length === 1 && names[0] === "all") return ROLE_NAMES;
  const unknown = names.filter((name) => !(ROLE_NAMES as readonly string[]).includes(name));
  if (unknown.length > 0 || names.length === 0)
    context.addIssue({ code: "custom", message: `expected "all" or some of ${ROLE_NAMES.join(", ")}` });
  return names as (typeof ROLE_NAMES)[number][];
});

/** All faults are told at once, so what goes together is looked at also where a single variable is wrong. */
const ALSO_WITH_OTHER_FAULTS = () => true;

const Env = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
    PORT: wholeNumber(0, 65_535).default(3000),
    HOST: z.string().min(1).default("127.0.0.1"),
    WHEELHOUSE_PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: "expected an address with http:// or https://", abort: true })
      .refine((url) => new URL(url).href === `${new URL(url).origin}/`, "expected no path and no user")
      .transform((url) => new URL(url).origin)
      .optional(),
    KAFKA_BROKERS: commaList.refine(
      (brokers) => brokers.length > 0 && brokers.every(isBrokerAddress),
      "expected host:port, separated by commas",
    ),
    KAFKA_SSL: flag.default(false),
    KAFKA_SASL_MECHANISM: z.enum(["plain", "scram-sha-256", "scram-sha-512"]).optional(),
    KAFKA_SASL_USERNAME: z.string().optional(),
    KAFKA_SASL_PASSWORD: z.string().optional(),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    WHEELHOUSE_DATA_DIR: z.string().min(1).default(".data"),
    WHEELHOUSE_SIMULATOR: z.enum(["on", "off"]).default("off"),
    WHEELHOUSE_SIMULATOR_VEHICLES: wholeNumber(1, 400_000).default(5000),
    WHEELHOUSE_SIMULATOR_SEED: wholeNumber(0, 999_999_999_999_999).default(1),
    WHEELHOUSE_ROLES: Roles.default(ROLE_NAMES),
    WHEELHOUSE_PEER_HOST: z.string().min(1).default("127.0.0.1"),
    WHEELHOUSE_PEER_PORT: wholeNumber(0, 65_535).default(0),
    WHEELHOUSE_ADMIN_EMAIL: z.email().optional(),
    WHEELHOUSE_ADMIN_PASSWORD: z
      .string()
      .min(12, "at least 12 characters")
      .max(128, "at most 128 characters")
      .optional(),
    WHEELHOUSE_API_KEY: z
      .string()
      .min(32, "at least 32 characters")
      .regex(/^[!-~]*$/, "only letters, digits and signs of ASCII, and no spaces")
      .optional(),
    WHEELHOUSE_SECRET: z.string().min(32, "at least 32 characters"),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
    /** Set by the start script: which of broker and database it carries itself. */
    WHEELHOUSE_EMBEDDED: commaList.default([]),
  })
  .refine((env) => !env.WHEELHOUSE_ADMIN_EMAIL === !env.WHEELHOUSE_ADMIN_PASSWORD, {
    path: ["WHEELHOUSE_ADMIN_PASSWORD"],
    message: "WHEELHOUSE_ADMIN_EMAIL and WHEELHOUSE_ADMIN_PASSWORD go together",
    when: ALSO_WITH_OTHER_FAULTS,
  })
  .refine(isSaslWhole, {
    path: ["KAFKA_SASL_MECHANISM"],
    message: "KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD go together",
    when: ALSO_WITH_OTHER_FAULTS,
  });

/** A user without a mechanism would silently connect as nobody. */
function isSaslWhole(env: object): boolean {
  const parts = ["KAFKA_SASL_MECHANISM", "KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD"].filter((name) => name in env);
  return parts.length === 0 || parts.length === 3;
}

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
