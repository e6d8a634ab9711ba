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
    const midnight = new Date(Math.floor(deps.now() / DAY_MS) * DAY_MS);
    try {
      const kept = await deps.database.deadLetter.count({ where: { createdAt: { gte: midnight } } });
      const surplus = await deps.database.deadLetterSurplus.aggregate({
        where: { minute: { gte: midnight } },
        _sum: { count: true },
      });
      count = kept + Number(surplus._sum.count ?? 0);
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
