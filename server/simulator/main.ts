import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Kafka } from "kafkajs";
import { OWN_TOPICS } from "../contracts/topics.ts";
import { isoTime, systemClock } from "../platform/clock.ts";
import { createLogger, type Logger } from "../platform/logger.ts";
import { createKafka, createProducer, ensureTopics } from "../stream/kafka.ts";
import { createCloser } from "./earlier/closer.ts";
import { HELP, readOptions, type SimulatorOptions } from "./options.ts";
import { createPublish, EXACT_PRODUCER } from "./publish.ts";
import type { RoadGraph } from "./roads.ts";
import { type RunState, restUntilTick, runWorld } from "./run-world.ts";
import { serveTruth } from "./truth/serve-truth.ts";
import { createWorld, type World } from "./world.ts";

const BROKER_RETRY_MS = 1000;
/** A broker that is gone must not keep the process from ending. */
const DISCONNECT_MS_MAX = 3000;

async function main(): Promise<void> {
  const commandLine = process.argv.slice(2);
  if (commandLine.includes("--help")) {
    process.stdout.write(HELP);
    return;
  }
  const options = readOptions(process.env, commandLine);
  const logger = createLogger("simulator", options.logLevel);
  const graph = JSON.parse(readFileSync(options.graphPath, "utf8")) as RoadGraph;
  const signal = endSignal();
  const shown: { world: World | null; run: RunState } = {
    world: null,
    run: { state: "starting", behindMs: 0, records: 0 },
  };
  const truthServer = await serveTruth({
    port: options.truthPort,
    world: () => shown.world,
    status: () => statusOf(options, shown),
  });
  logger.info(
    { truth: `http://127.0.0.1:${truthServer.port}/truth`, vehicles: options.vehicles, seed: options.seed },
    "simulated world",
  );
  try {
    await connectAndRun(options, graph, shown, { logger, signal, truthPort: truthServer.port });
    if (!options.isOnce && !signal.aborted) await aborted(signal);
  } finally {
    await truthServer.close();
  }
}

async function connectAndRun(
  options: SimulatorOptions,
  graph: RoadGraph,
  shown: { world: World | null; run: RunState },
  { logger, signal, truthPort }: { logger: Logger; signal: AbortSignal; truthPort: number },
): Promise<void> {
  const kafka = createKafka(options.kafka, logger);
  await waitForBroker(kafka, options.kafka.brokers, logger, signal);
  if (signal.aborted) return;
  const producer = createProducer(kafka, EXACT_PRODUCER);
  await producer.connect();
  process.send?.({ kind: "ready", truthPort });
  const { seed, vehicles, trouble } = options;
  const publish = createPublish(producer);
  // A run with an end or a time of its own is somebody's experiment, and may stand beside another world.
  const isLiving = options.closesEarlier && options.durationMs === null && options.startMs === null;
  const closer = isLiving ? createCloser({ kafka, logger }) : null;
  const run = runWorld({
    async createWorld(startMs) {
      await closer?.find();
      const world = createWorld({ seed, vehicles, startMs, graph, trouble });
      closer?.beside(world);
      return world;
    },
    async publish(records) {
      await publish(records);
      await closer?.sent();
    },
    clock: systemClock,
    rest: restUntilTick,
    signal,
    settings: options,
    onWorld: (world) => {
      shown.world = world;
    },
    onState: (state) => {
      shown.run = state;
    },
    log: (message) => logger.warn(message),
  });
  // A send to a broker that is gone is retried for ever, so the end does not wait for it.
  await Promise.race([run, aborted(signal)]);
  if (shown.run.state === "done") logger.info({ records: shown.run.records }, "the run is over");
  await Promise.race([Promise.all([producer.disconnect(), closer?.stop()]), sleep(DISCONNECT_MS_MAX)]);
}

async function waitForBroker(kafka: Kafka, brokers: string[], logger: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const admin = kafka.admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      await ensureTopics(admin, OWN_TOPICS);
      return;
    } catch (error) {
      logger.warn(
        { brokers, reason: error instanceof Error ? error.message : String(error) },
        "waiting for the broker",
      );
      await sleep(BROKER_RETRY_MS);
    } finally {
      await admin.disconnect();
    }
  }
}

function statusOf(options: SimulatorOptions, { world, run }: { world: World | null; run: RunState }) {
  const { seed, vehicles, speed } = options;
  const asOf = world ? isoTime(world.nowMs()) : null;
  return { ...run, asOf, seed, vehicles, speed, forgottenRows: world?.truth.forgottenRows() ?? 0 };
}

/** Ends with the terminal, with whoever started it, or when told to. */
function endSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "disconnect"] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
