import type { Clock } from "../platform/clock.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import type { Database } from "./client.ts";

const ASK_EVERY_MS = 5_000;
const DAY_MS = 24 * 60 * 60_000;

/** How many records were rejected since midnight UTC, by all processes together, as the table had it a moment ago. */
export function watchRejectedToday(deps: {
  database: Database;
  now: Clock;
  logger: Logger;
}): Managed & { count(): number } {
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  async function ask(): Promise<void> {
    const midnightMs = Math.floor(deps.now() / DAY_MS) * DAY_MS;
    try {
      count = await deps.database.deadLetter.count({ where: { createdAt: { gte: new Date(midnightMs) } } });
    } catch (error) {
      deps.logger.debug({ err: error }, "rejected records could not be counted, the last count stands");
    }
  }

  return {
    name: "rejected today",
    count: () => count,
    async start() {
      await ask();
      timer = setInterval(() => void ask(), ASK_EVERY_MS);
    },
    stop: async () => clearInterval(timer),
  };
}
