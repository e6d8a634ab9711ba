import type { Kafka } from "kafkajs";
import type { Managed } from "../platform/lifecycle.ts";

const ASK_EVERY_MS = 5_000;

/** Whether the broker answers. Asked every few seconds and not per request: the health page is open to all. */
export type BrokerWatch = Managed & { isUp(): boolean };

export function createBrokerWatch(kafka: Kafka): BrokerWatch {
  const admin = kafka.admin({ retry: { retries: 1 } });
  let isUp = false;
  let timer: NodeJS.Timeout | undefined;

  async function ask(): Promise<void> {
    try {
      await admin.connect();
      await admin.describeCluster();
      isUp = true;
    } catch {
      isUp = false;
    }
  }

  return {
    name: "broker watch",
    isUp: () => isUp,
    async start() {
      await ask();
      timer = setInterval(() => void ask(), ASK_EVERY_MS);
    },
    async stop() {
      clearInterval(timer);
      await admin.disconnect();
    },
  };
}
