import { mkdirSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { type Clock, systemClock } from "../../platform/clock.ts";
import type { Managed } from "../../platform/lifecycle.ts";
import type { Logger } from "../../platform/logger.ts";
import { Connection } from "./connection/connection.ts";
import { createDispatcher, type Dispatch } from "./connection/create-dispatcher.ts";
import { DataDirectoryLock } from "./data-directory-lock.ts";
import { GroupRegistry } from "./groups/group-registry.ts";
import { OffsetStore } from "./groups/offset-store.ts";
import { createHandlers } from "./handlers/index.ts";
import { ProducerIds } from "./producers/producer-ids.ts";
import { TransactionCoordinator } from "./producers/transaction-coordinator.ts";
import { TopicRegistry } from "./topics/topic-registry.ts";

/** The largest request that is read; what fits is bounded further by `max.message.bytes` of each topic. */
const FRAME_BYTES_MAX = 16 * 1024 * 1024;
const CONNECTIONS_MAX = 1000;
const SYNC_INTERVAL_MS = 1000;

export type BrokerOptions = {
  dataDirectory: string;
  /** A loopback address: there is no authentication. */
  host: string;
  /** 0 takes any free port. */
  port: number;
  logger: Logger;
  clock?: Clock;
  autoCreateTopics?: boolean;
  defaultPartitionCount?: number;
  /** How long the first members of a group are waited for. */
  initialRebalanceDelayMs?: number;
  retentionIntervalMs?: number;
};

/**
 * A single-node development broker that speaks the Kafka protocol: no replication, no authentication, no compaction.
 * What it acknowledged outlives its process, and the machine but for the last second.
 */
export class Broker implements Managed {
  readonly name = "embedded broker";
  readonly #options: BrokerOptions & { clock: Clock };
  readonly #lock: DataDirectoryLock;
  readonly #connections = new Set<Connection>();
  #server: Server | undefined;
  #state: State | undefined;
  #timers: NodeJS.Timeout[] = [];
  #port: number;

  constructor(options: BrokerOptions) {
    this.#options = { ...options, clock: options.clock ?? systemClock };
    this.#lock = new DataDirectoryLock(options.dataDirectory);
    this.#port = options.port;
  }

  /** Where it listens, once it does. */
  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    mkdirSync(this.#options.dataDirectory, { recursive: true });
    await this.#lock.acquire();
    try {
      await this.#open();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const server = this.#server;
    const closed = new Promise<void>((resolve) => (server?.listening ? server.close(() => resolve()) : resolve()));
    for (const connection of this.#connections) connection.close();
    await closed;
    this.#state?.groups.close();
    this.#state?.topics.close();
    this.#state?.groups.offsets.close();
    this.#state?.transactions.close();
    this.#state = undefined;
    await this.#lock.release();
  }

  async #open(): Promise<void> {
    const {
      host,
      port,
      logger,
      autoCreateTopics = true,
      defaultPartitionCount = 6,
      retentionIntervalMs = 5000,
    } = this.#options;
    const state = openState(this.#options);
    this.#state = state;
    const address = () => ({ host, port: this.#port });
    const handlers = createHandlers({ ...state, logger, address, autoCreateTopics, defaultPartitionCount });
    const dispatch = createDispatcher(handlers);
    const server = createServer((socket) => this.#accept(socket, dispatch));
    server.maxConnections = CONNECTIONS_MAX;
    this.#server = server;
    await listen(server, port, host);
    this.#port = (server.address() as AddressInfo).port;
    this.#timers = startHousekeeping(state, logger, retentionIntervalMs);
  }

  #accept(socket: Socket, dispatch: Dispatch): void {
    const { logger } = this.#options;
    const connection = new Connection({ socket, dispatch, frameBytesMax: FRAME_BYTES_MAX, logger });
    this.#connections.add(connection);
    socket.once("close", () => this.#connections.delete(connection));
  }
}

type State = ReturnType<typeof openState>;

function openState({ dataDirectory, logger, clock, initialRebalanceDelayMs = 200 }: BrokerOptions & { clock: Clock }) {
  const topics = new TopicRegistry({ directory: dataDirectory, clock, logger });
  topics.open();
  const offsets = new OffsetStore(join(dataDirectory, "group-offsets.jsonl"), logger);
  const groups = new GroupRegistry({ offsets, initialRebalanceDelayMs });
  const producerIds = new ProducerIds(join(dataDirectory, "producer-ids.json"));
  const path = join(dataDirectory, "transactions.jsonl");
  const transactions = new TransactionCoordinator({ path, clock, logger, producerIds, topics, offsets });
  transactions.recover();
  return { topics, groups, producerIds, transactions };
}

/** The disk each second; retention and what has run out more seldom. A failure is logged, the next round tries again. */
function startHousekeeping(
  { topics, groups, transactions }: State,
  logger: Logger,
  retentionIntervalMs: number,
): NodeJS.Timeout[] {
  const reportSync = (error: Error) => logger.error({ err: error }, "cannot sync to the disk");
  const guarded = (work: () => void) => () => {
    try {
      work();
    } catch (error) {
      logger.error({ err: error }, "housekeeping failed");
    }
  };
  const sync = guarded(() => {
    topics.sync();
    groups.offsets.sync(reportSync);
    transactions.sync(reportSync);
  });
  const tidy = guarded(() => {
    topics.retain();
    groups.forgetIdle();
    groups.offsets.compact();
    transactions.tidy();
  });
  return [setInterval(sync, SYNC_INTERVAL_MS), setInterval(tidy, retentionIntervalMs)];
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
