import { createLogger } from "../../platform/logger.ts";
import { Broker } from "./broker.ts";
import { parseCommandLine } from "./options.ts";

const STOP_MS_MAX = 10_000;

const { dataDirectory, host, port, logLevel } = parseCommandLine(process.argv.slice(2));
const logger = createLogger("broker", logLevel);
const broker = new Broker({ dataDirectory, host, port, logger });

let isStopping = false;
async function stop(reason: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  logger.info({ reason }, "the broker is stopping");
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
  await broker.stop();
  logger.info("the broker has stopped");
  process.exit(0);
}

function fail(error: unknown): void {
  logger.fatal({ err: error }, "the broker failed");
  process.exit(1);
}

process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
// The channel closes with the parent: without it nobody would end this process.
process.on("disconnect", () => void stop("the parent is gone"));
process.on("uncaughtException", fail);

const startedMs = performance.now();
try {
  await broker.start();
} catch (error) {
  fail(error);
}
process.send?.({ kind: "listening", port: broker.port });
logger.info(
  { host, port: broker.port, dataDirectory, startMs: Math.round(performance.now() - startedMs) },
  "a single-node development broker listens; use Apache Kafka in production",
);
