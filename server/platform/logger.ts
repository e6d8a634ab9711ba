import pino from "pino";

export type Logger = pino.Logger;

/** JSON lines on standard output. Secrets are never fields of a log line; these paths are the last guard. */
export function createLogger(part: string, level: string): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { part },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["password", "*.password", "secret", "*.secret", "authorization", "*.authorization", "cookie", "*.cookie"],
      censor: "[hidden]",
    },
  };
  // Written at once: what still waits when a process ends is tried for ever if nobody reads it any more.
  return pino(options, pino.destination({ fd: 1, sync: true }));
}
