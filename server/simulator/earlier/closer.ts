import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../../platform/logger.ts";
import type { Kafka } from "../../stream/kafka.ts";
import type { World } from "../world.ts";
import { type Earlier, findEarlier } from "./read-earlier.ts";

/** Whoever starts the product wants to see it first. */
const READ_AFTER_MS = 30_000;

/** Closes what worlds before left open beside each new world, which does not wait for it. */
export function createCloser({ kafka, logger }: { kafka: Kafka; logger: Logger }) {
  let earlier: Earlier | null = null;
  let isClosed = false;

  async function closeWith(world: World, found: Earlier): Promise<void> {
    try {
      await sleep(READ_AFTER_MS, undefined, { ref: false });
      if (found !== earlier) return;
      const books = await found.read();
      world.closeEarlier(books, () => {
        isClosed = found === earlier;
      });
    } catch (error) {
      logger.warn({ err: error }, "the documents of an earlier world stay open");
    }
  }

  return {
    /** To be called before the new world speaks. */
    async find(): Promise<void> {
      await earlier?.stop();
      [earlier, isClosed] = [await findEarlier(kafka), false];
    },
    beside(world: World): void {
      if (earlier) void closeWith(world, earlier);
    },
    /** To be called whenever records have been sent. */
    async sent(): Promise<void> {
      if (!isClosed) return;
      isClosed = false;
      await earlier?.closed().catch((error: unknown) => {
        logger.warn({ err: error }, "what is closed could not be noted: the next world reads it again");
      });
    },
    async stop(): Promise<void> {
      const found = earlier;
      earlier = null;
      await found?.stop();
    },
  };
}
