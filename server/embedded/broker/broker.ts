import { mkdirSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { type Clock, systemClock } from "../../platform/clock.ts";
import type { Managed } from "../../platform/lifecycle.ts";
import type { Logger } from "../../platform/logger.ts";
import { Connection } from "./connection/connection.ts";
import { createDispatcher } from "./connection/create-dispatcher.ts";
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

export type Broker = Managed & { readonly port: number };

/**
 * A single-node development broker that speaks the Kafka protocol: no replication, no authentication, no compaction.
 * What it acknowledged outlives its process, and the machine but for the last second.
 */
export function createBroker(options: BrokerOptions): Broker {
  const { dataDirectory, host, logger, clock = systemClock } = options;
  const lock = new DataDirectoryLock(dataDirectory);
  const connections = new Set<Connection>();
  let server: Server | undefined;
  let state: ReturnType<typeof openState> | undefined;
  let timers: NodeJS.Timeout[] = [];
  let port = options.port;

  async function start(): Promise<void> {
    mkdirSync(dataDirectory, { recursive: true });
    await lock.acquire();
    state = openState({ ...options, clock });
    const handlers = createHandlers({
      ...state,
      logger,
      address: () => ({ host, port }),
      autoCreateTopics: options.autoCreateTopics ?? true,
      defaultPartitionCount: options.defaultPartitionCount ?? 6,
    });
    server = listenTo(createDispatcher(handlers));
    await listen(server, options.port, host);
    port = (server.address() as AddressInfo).port;
    timers = startHousekeeping(state, logger, options.retentionIntervalMs ?? 5000);
  }

  async function stop(): Promise<void> {
    for (const timer of timers) clearInterval(timer);
    const closed = new Promise<void>((resolve) => (server?.listening ? server.close(() => resolve()) : resolve()));
    for (const connection of connections) connection.close();
    await closed;
    state?.groups.close();
    state?.topics.close();
    state?.groups.offsets.close();
    state?.transactions.close();
    state = undefined;
    await lock.release();
  }

  function listenTo(dispatch: ReturnType<typeof createDispatcher>): Server {
    const created = createServer((socket) => {
      const connection = new Connection({ socket, dispatch, frameBytesMax: FRAME_BYTES_MAX, logger });
      connections.add(connection);
      socket.once("close", () => connections.delete(connection));
    });
    created.maxConnections = CONNECTIONS_MAX;
    return created;
  }

  return {
    name: "embedded broker",
    start,
    stop,
    get port() {
      return port;
    },
  };
}

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
  { topics, groups, transactions }: ReturnType<typeof openState>,
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
    transactions.abortOverdue();
    transactions.compact();
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
