import { Kafka, logLevel } from "kafkajs";
import { answerOrders } from "./child.ts";

/**
 * The least that a program with kafkajs can do with readings: parse each and keep the newest object of its vehicle.
 * Orders: `go`, `wait`, and `say` for how many it has had.
 */
export async function runBareClient({ broker, topic }: { broker: string; topic: string }): Promise<void> {
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({
    groupId: "bench-bare",
    maxWaitTimeInMs: 250,
    maxBytesPerPartition: 1 << 20,
    maxBytes: 6 << 20,
  });
  const fleet = new Map<string, unknown>();
  let records = 0;
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  consumer.on(consumer.events.GROUP_JOIN, () => consumer.pause([{ topic }]));
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch, resolveOffset }) => {
      for (const { value } of batch.messages) {
        try {
          const reading = JSON.parse(value!.toString()) as { vehicleId: string };
          fleet.set(reading.vehicleId, reading);
        } catch {
          // some are broken on purpose
        }
        records += 1;
      }
      resolveOffset(batch.lastOffset());
    },
  });
  answerOrders({
    go: () => consumer.resume([{ topic }]),
    wait: () => consumer.pause([{ topic }]),
    say: () => records,
  });
}
