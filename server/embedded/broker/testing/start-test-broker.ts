// biome-ignore lint/style/noRestrictedImports: what the broker promises is that this very client works with it
import type { Kafka } from "kafkajs";
import { onTestFinished } from "vitest";
import { Broker, type BrokerOptions } from "../broker.ts";
import { aKafka } from "./a-kafka.ts";
import { aDirectory, silentLogger } from "./a-partition-log.ts";

export type TestBroker = {
  readonly port: number;
  readonly directory: string;
  readonly kafka: Kafka;
  /** Stops it and starts another on the same data and the same port; `between` may spoil the data. */
  restart(between?: () => void): Promise<void>;
};

/** A broker of its own for one test, on a free port with fresh data, gone when the test ends. */
export async function startTestBroker(options: Partial<BrokerOptions> = {}): Promise<TestBroker> {
  const directory = options.dataDirectory ?? aDirectory();
  const create = (port: number): Broker =>
    new Broker({
      dataDirectory: directory,
      host: "127.0.0.1",
      port,
      logger: silentLogger,
      initialRebalanceDelayMs: 50,
      ...options,
    });
  let broker = create(0);
  await broker.start();
  onTestFinished(() => broker.stop());
  const { port } = broker;
  return {
    port,
    directory,
    kafka: aKafka([`127.0.0.1:${port}`]),
    async restart(between = () => {}) {
      await broker.stop();
      between();
      broker = create(port);
      await broker.start();
    },
  };
}
