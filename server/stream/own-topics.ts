import type { Kafka } from "kafkajs";
import { OWN_TOPICS, READINGS_TOPIC, REPLAYS_TOPIC } from "../contracts/topics.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import { ensureTopics } from "./kafka.ts";

/** Makes the tower's own topics before anything reads or writes them, and refuses a log that cannot keep its promises. */
export function createOwnTopics(kafka: Kafka, logger: Logger): Managed {
  return {
    name: "topics",
    async start() {
      const admin = kafka.admin();
      await admin.connect();
      try {
        const made = await ensureTopics(admin, OWN_TOPICS, [[READINGS_TOPIC, REPLAYS_TOPIC]]);
        if (made.length > 0) logger.info({ topics: made }, "topics made");
      } finally {
        await admin.disconnect();
      }
    },
    stop: async () => {},
  };
}
