import type { Route } from "../connectors/index.ts";
import type { LaneStatus, SourceStatus } from "../contracts/lane.ts";
import type { Touched } from "../contracts/live-room.ts";
import { addOutcomes, noOutcomes, type OutcomeCounts } from "../contracts/outcome.ts";
import { READINGS_TOPIC, REPLAYS_TOPIC } from "../contracts/topics.ts";
import { buildChangesPipeline } from "../pipeline/build-changes.ts";
import { systemClock } from "../platform/clock.ts";
import { isDefect } from "../platform/defect.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import { PROJECTIONS, PROJECTIONS_VERSION } from "../projections/index.ts";
import { createChangesChunkStore } from "../store/changes-chunk.ts";
import { createStoreTogether } from "../store/changes-together.ts";
import { IDLE_IN_TRANSACTION_MS_MAX, openDatabase } from "../store/client.ts";
import { areStored, claimOffsets, readEpochs } from "../store/offsets.ts";
import { hasQueued, relayQueued } from "../store/outbox.ts";
import { createRefold } from "../store/project-again.ts";
import { createRowProjector } from "../store/project-rows.ts";
import { readSourceMapping } from "../store/source-mapping.ts";
import { isUnstorable } from "../store/unstorable.ts";
import { ChangesLine } from "../stream/changes-line.ts";
import { LaneConsumer } from "../stream/consume.ts";
import { createKafka } from "../stream/kafka.ts";
import { partitionKey, type TopicPartition } from "../stream/line.ts";
import { OutboxRelay } from "../stream/outbox-relay.ts";
import type { ChangesLaneSettings } from "./changes-lane.ts";
import { readAgain } from "./read-again.ts";
import { RecordRate } from "./record-rate.ts";
import { watchMapping } from "./watch-mapping.ts";

const LANE = "changes";
const GROUP = "wheelhouse-changes";
const CONNECTIONS_MAX = 4;
const COMMIT_INTERVAL_MS = 5000;
/** What comes in may have to wait for one such portion. */
const REFOLD_ROWS_MAX = 200;
/** The rows of one order come by many topics: read side by side, they are stored in one transaction. */
const FETCHING = { partitionBytesMax: 128 << 10, concurrentChunks: 16 };

/** The changes lane with the outbox relay, in the thread that calls it. */
export function runChanges(
  settings: ChangesLaneSettings,
  logger: Logger,
  touched: (touched: Touched) => void,
): Managed & { status(): LaneStatus; pause(reason: string): void; resume(): void } {
  const database = openDatabase(settings.databaseUrl, CONNECTIONS_MAX, IDLE_IN_TRANSACTION_MS_MAX);
  const kafka = createKafka(settings.kafka, logger);
  const lines = new Map<string, ChangesLine>();
  const rate = new RecordRate(systemClock);
  const stored = new Map<string, TopicPartition & { offset: number }>();
  const mapping = watchMapping({
    read: () => readSourceMapping(database),
    changed: () => consumer.refreshTopics(),
    logger,
  });
  const connectorOf = (topic: string): string =>
    topic === REPLAYS_TOPIC ? "replays" : (mapping.routeOf(topic)?.source.connector ?? "none");
  // A replay of a topic that nobody reads any more is the lane's too: it is rejected again, and so open again.
  const isMine = (topic: string) => topic !== READINGS_TOPIC;
  const pipeline = buildChangesPipeline({ isMine, decoderOf: decoderIn(mapping.routeOf) });
  const projectRows = createRowProjector({ projections: PROJECTIONS, logger });
  const storeChunks = createChangesChunkStore({ database, clock: systemClock, projectRows, touched });
  const refold = { database, projectRows, version: PROJECTIONS_VERSION, rowsMax: REFOLD_ROWS_MAX, touched };
  const again = readAgain({ next: createRefold(refold), logger });
  const store = createStoreTogether(storeChunks, (error) => isUnstorable(error) || isDefect(error));

  async function load(lineKey: string, [partition]: readonly TopicPartition[]): Promise<ChangesLine> {
    const [claimed] = await claimOffsets(database, LANE, [partition!]);
    const line = new ChangesLine({
      claimed: claimed!,
      pipeline,
      connectorOf,
      store,
      isStored: (move) => areStored(database, LANE, [move]),
      isUnstorable,
      stored: ({ topic, partition, offset, counts, ms }) => {
        rate.add(counts.delivered);
        stored.set(partitionKey(topic, partition), { topic, partition, offset });
        logger.debug({ topic, partition, ...counts, ms }, "chunk stored");
      },
    });
    lines.set(lineKey, line);
    return line;
  }

  const consumer = new LaneConsumer({
    kafka,
    logger,
    groupId: settings.groupId ?? GROUP,
    async topics(existing) {
      await mapping.loaded();
      return existing.filter((topic) => mapping.isRead(topic) || topic === REPLAYS_TOPIC);
    },
    lineOf: partitionKey,
    load,
    async lost(lineKeys) {
      const epochs = await readEpochs(database, LANE);
      return lineKeys.filter((key) => epochs.get(key) !== lines.get(key)?.epoch || lines.get(key)?.stopped !== null);
    },
    drop: (lineKey) => void lines.delete(lineKey),
    drain: async () => {},
    timing: { ...FETCHING, ...settings.timing },
  });
  const relay = new OutboxRelay({
    // Its own client, because kafkajs warns of every idempotent producer whose retries are bounded; this one is meant so.
    kafka: createKafka(settings.kafka, logger.child({}, { level: "error" })),
    logger,
    hasQueued: () => hasQueued(database),
    relay: (bounds, send) => relayQueued(database, bounds, send),
  });
  let committing: NodeJS.Timeout | undefined;

  return {
    name: "changes",
    async start() {
      await relay.start();
      await consumer.start();
      mapping.start();
      await again.start();
      committing = setInterval(() => {
        consumer.commit([...stored.values()]);
        stored.clear();
      }, COMMIT_INTERVAL_MS);
    },
    async stop() {
      clearInterval(committing);
      mapping.stop();
      await again.stop();
      await consumer.stop();
      await relay.stop();
      await database.$disconnect();
    },
    pause: (reason) => consumer.pause(reason),
    resume: () => consumer.resume(),
    status() {
      const status = toStatus(consumer.status(), [...lines.entries()], rate.perSecond(), connectorOf);
      const rowsReadAgain = again.rows();
      return rowsReadAgain === null ? status : { ...status, rowsReadAgain };
    },
  };
}

function decoderIn(routeOf: (topic: string) => Route | null) {
  return (topic: string) => {
    const route = routeOf(topic);
    return (
      route &&
      ((record: Parameters<typeof route.connector.decode>[0]) => route.connector.decode(record, route.source.entity))
    );
  };
}

function toStatus(
  { state, reason, topics }: ReturnType<LaneConsumer["status"]>,
  lines: readonly [string, ChangesLine][],
  recordsPerSecond: number,
  connectorOf: (topic: string) => string,
): LaneStatus {
  const sources = topics.map(
    (progress): SourceStatus => ({
      ...progress,
      connector: connectorOf(progress.topic),
      lane: LANE,
      records: sumOf(lines.filter(([, line]) => line.topic === progress.topic).map(([, line]) => line.counters)),
    }),
  );
  return {
    lane: LANE,
    state,
    reason,
    lagRecords: sources.reduce((sum, { lagRecords }) => sum + lagRecords, 0),
    behindMs: Math.max(0, ...sources.map(({ behindMs }) => behindMs ?? 0)),
    recordsPerSecond,
    records: sumOf(sources.map(({ records }) => records)),
    sources,
  };
}

const sumOf = (counts: readonly OutcomeCounts[]): OutcomeCounts => counts.reduce(addOutcomes, noOutcomes());
