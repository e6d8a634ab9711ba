import { parseEnv } from "./env.ts";
import { startAll } from "./platform/lifecycle.ts";
import { createLogger } from "./platform/logger.ts";
import { VERSION } from "./platform/version.ts";
import { wire } from "./wire.ts";

const env = parseEnv(process.env);
const logger = createLogger("tower", env.LOG_LEVEL);
const report = (part: string, error: unknown) => logger.error({ part, err: error }, "did not stop as it should");

/** A defect or a lost thread: what is not stored comes again from the log, so the way on is a new process. */
function fatal(error: unknown): void {
  logger.fatal({ err: error }, "the tower cannot go on");
  process.exit(1);
}
process.on("uncaughtException", fatal);
process.on("unhandledRejection", fatal);

let isStopping = false;
/** Until everything is up there is nothing that would have to end in order. */
let stopAll = async (): Promise<void> => {};
async function stop(why: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  logger.info({ why }, "stopping");
  await stopAll();
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void stop(signal));
// The channel closes when the launcher is gone: nobody would end this process any more.
process.on("disconnect", () => void stop("the launcher is gone"));

const { parts, url, signIn } = wire({ env, logger, version: VERSION, fatal });
const since = performance.now();
stopAll = await startAll(parts, report).catch((error: unknown) => {
  fatal(error);
  throw error;
});
logger.info({ url, ms: Math.round(performance.now() - since) }, "the tower is up");
if (process.send) process.send({ kind: "ready", web: url, signIn: signIn() });
else for (const line of signIn()) process.stdout.write(`${line}\n`);
