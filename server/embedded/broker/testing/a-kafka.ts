// biome-ignore lint/style/noRestrictedImports: what the broker promises is that this very client works with it
import { Kafka, type KafkaConfig, logLevel } from "kafkajs";

// biome-ignore lint/style/noRestrictedImports: see above
export type { Admin, Producer, Transaction } from "kafkajs";

export function aKafka(brokers: readonly string[], options: Partial<KafkaConfig> = {}): Kafka {
  return new Kafka({
    clientId: "test",
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 200 },
    ...options,
  });
}
