import { isIPv4 } from "node:net";
import { parseArgs } from "node:util";
import { z } from "zod";

const Options = z.object({
  "data-dir": z.string().min(1),
  host: z.string().refine(isLoopback, "a development broker without authentication listens on loopback only"),
  port: z.coerce.number().int().min(0).max(65_535),
  "log-level": z.enum(["debug", "info", "warn", "error"]),
});

export type CommandLineOptions = { dataDirectory: string; host: string; port: number; logLevel: string };

/** `--data-dir DIR --port PORT [--host 127.0.0.1] [--log-level info]`. Throws with all that is wrong. */
export function parseCommandLine(args: readonly string[]): CommandLineOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "data-dir": { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      port: { type: "string", default: "9092" },
      "log-level": { type: "string", default: "info" },
    },
  });
  const parsed = Options.safeParse(values);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  --${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`invalid options:\n${lines.join("\n")}`);
  }
  const { "data-dir": dataDirectory, host, port, "log-level": logLevel } = parsed.data;
  return { dataDirectory, host, port, logLevel };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}
