import { createLogger } from "../server/platform/logger.ts";
import { createKafka } from "../server/stream/kafka.ts";

export type LogEnds = { sum(): Promise<number>; close(): Promise<void> };

/** Where the log of a topic ends, all partitions together. */
export async function logEnds(broker: string, topic: string): Promise<LogEnds> {
  const settings = { clientId: "bench", brokers: [broker], ssl: false, sasl: null };
  const admin = createKafka(settings, createLogger("bench", "error")).admin();
  await admin.connect();
  return {
    async sum() {
      const offsets = await admin.fetchTopicOffsets(topic);
      return offsets.reduce((sum, { high }) => sum + Number(high), 0);
    },
    close: () => admin.disconnect(),
  };
}
