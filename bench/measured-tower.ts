import { parseEnv } from "../server/env.ts";
import { type Managed, startAll } from "../server/platform/lifecycle.ts";
import { createLogger } from "../server/platform/logger.ts";
import { VERSION } from "../server/platform/version.ts";
import type { TelemetryLane } from "../server/threads/telemetry-lane.ts";
import { wire } from "../server/wire.ts";
import { answerOrders } from "./child.ts";

const isTelemetry = (part: Managed): part is TelemetryLane => part.name === "telemetry lane";

/**
 * The whole tower of the product, wired as always, whose telemetry can be told to wait while its rival has its turn.
 * Orders: `go`, `wait`, and `say` for how many readings it has had.
 */
export async function runMeasuredTower(): Promise<void> {
  const env = parseEnv(process.env);
  const logger = createLogger("tower", env.LOG_LEVEL);
  const fatal = (error: unknown) => {
    logger.fatal({ err: error }, "the tower cannot go on");
    process.exit(1);
  };
  process.on("uncaughtException", fatal);
  process.on("unhandledRejection", fatal);
  const { parts } = wire({ env, logger, version: VERSION, fatal });
  const stopAll = await startAll(parts, (part, error) => logger.error({ part, err: error }, "did not stop"));
  process.on("SIGTERM", () => void stopAll().then(() => process.exit(0)));
  const lane = parts.find(isTelemetry)!;
  answerOrders({
    go: () => lane.resume(),
    wait: () => lane.pause("it is the other's turn"),
    say: () => lane.status().records.delivered,
  });
}
