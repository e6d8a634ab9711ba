import type { ChangeChunk, LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import type { VisitTold } from "../contracts/live-room.ts";
import { addOutcomes, noOutcomes, type OutcomeCounts } from "../contracts/outcome.ts";
import { READINGS_TOPIC, REPLAYS_TOPIC, SITES_TOPIC } from "../contracts/topics.ts";
import { systemClock } from "../platform/clock.ts";
import type { Logger } from "../platform/logger.ts";
import { IDLE_IN_TRANSACTION_MS_MAX, openDatabase } from "../store/client.ts";
import { makeHistoryParts } from "../store/history-parts.ts";
import { storedOffsets } from "../store/offsets.ts";
import { LaneConsumer } from "../stream/consume.ts";
import { createKafka } from "../stream/kafka.ts";
import { topicEnds } from "../stream/topic-ends.ts";
import { RecordRate } from "./record-rate.ts";
import { sitesFirst } from "./sites-first.ts";
import { createTelemetryLines, LANE, type OwnedLine } from "./telemetry-lines.ts";
import { createTelemetryQueries } from "./telemetry-queries.ts";
import type { TelemetrySettings } from "./telemetry-settings.ts";
import { TelemetryStoring } from "./telemetry-storing.ts";

const GROUP = "wheelhouse-telemetry";
const CONNECTIONS_MAX = 6;
const CHECKPOINT_INTERVAL_MS = 10_000;
const CHANGES_INTERVAL_MS = 100;
const PARTS_INTERVAL_MS = 3_600_000;
/** Fences are told when they change; this is for those that another process changed. */
const FENCES_INTERVAL_MS = 30_000;

type Listeners = {
  /** Vehicles of a partition have changed. */
  changes(chunk: ChangeChunk): void;
  /** Visits began or ended. */
  visits(visits: VisitTold[]): void;
  /** A partition is no longer this process's. */
  dropped(partition: number): void;
};

export type TelemetryRunner = TelemetryQueries & {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A reader that knows nothing has come: it is told the whole state first. */
  tellAll(): void;
  /** Sites or fences are others now. */
  fencesChanged(): void;
  status(): LaneStatus;
  pause(reason: string): void;
  resume(): void;
};

/** The telemetry lane, composed: consumer, lines, checkpoints, queries. It runs in the thread that calls it. */
export function runTelemetry(settings: TelemetrySettings, logger: Logger, listeners: Listeners): TelemetryRunner {
  const database = openDatabase(settings.databaseUrl, CONNECTIONS_MAX, IDLE_IN_TRANSACTION_MS_MAX);
  const readingsTopic = settings.readingsTopic ?? READINGS_TOPIC;
  const replaysTopic = settings.replaysTopic ?? REPLAYS_TOPIC;
  const topics = [readingsTopic, replaysTopic];
  const lines = createTelemetryLines({
    ...{ database, readingsTopic, replaysTopic, logger },
    ...{ dropped: listeners.dropped, rowsHardMax: settings.rowsHardMax },
  });
  const owned = (): OwnedLine[] => [...lines.owned.values()];
  const kafka = createKafka(settings.kafka, logger);
  const consumer = new LaneConsumer({
    kafka,
    logger,
    groupId: settings.groupId ?? GROUP,
    // A line is made of all its topics, so the lane begins when the last of them is there.
    topics: (existing) => (topics.every((topic) => existing.includes(topic)) ? topics : []),
    lineOf: (_topic, partition) => `p${String(partition).padStart(3, "0")}`,
    load: lines.load,
    lost: lines.lost,
    drop: lines.drop,
    drain: () => storing.drain(),
    ...(settings.timing ? { timing: settings.timing } : {}),
  });
  const pauses = createPauses(consumer);
  const storing = new TelemetryStoring({
    owned: lines.owned,
    intervalMs: settings.checkpointIntervalMs ?? CHECKPOINT_INTERVAL_MS,
    stored: (partition, moved) => consumer.commit(moved.map(({ topic, next }) => ({ topic, partition, offset: next }))),
    faultChanged: (fault) => pauses.set("store", fault),
    logger,
  });
  const rate = new RecordRate(systemClock);
  const timers: NodeJS.Timeout[] = [];
  const stopping = new AbortController();
  let delivered = 0;
  let readingFences = Promise.resolve();
  let waitingForSites = Promise.resolve();

  /** Without the parts readings go to the default part; nothing is lost, so the lane need not wait for them. */
  async function keepParts(): Promise<void> {
    await makeHistoryParts(database, Date.now()).catch((error: unknown) =>
      logger.error({ err: error }, "the daily parts of the history could not be made"),
    );
  }

  /** Whoever asks while they are read is served by one more reading after it. */
  function readFences(): void {
    readingFences = readingFences
      .then(() => lines.readFences())
      .catch((error: unknown) => logger.error({ err: error }, "the fences could not be read"));
  }

  /** The lane joins its group at once, and reads when it knows where the sites are. */
  async function waitForSites(): Promise<void> {
    const topic = settings.sitesTopic ?? SITES_TOPIC;
    pauses.set("sites", "the sites are read first");
    await sitesFirst({
      ends: () => topicEnds(kafka, topic),
      stored: () => storedOffsets(database, "changes", topic),
      signal: stopping.signal,
      logger,
    }).catch((error: unknown) => logger.error({ err: error }, "how far the sites are read could not be asked"));
    readFences();
    await readingFences;
    pauses.set("sites", null);
  }

  function tellChanges(): void {
    for (const { line } of owned()) {
      const chunk = line.changes();
      if (chunk) listeners.changes(chunk);
      const visits = line.visits.takeTold();
      if (visits.length > 0) listeners.visits(visits);
    }
    const now = sumOf(owned()).delivered;
    // What a partition that came or went brought along was not read now.
    if (now > delivered && now - delivered < 1e6) rate.add(now - delivered);
    delivered = now;
  }

  return {
    async start() {
      await keepParts();
      await lines.readFences();
      waitingForSites = waitForSites();
      await consumer.start();
      storing.start();
      timers.push(setInterval(tellChanges, settings.changesIntervalMs ?? CHANGES_INTERVAL_MS));
      timers.push(setInterval(() => void keepParts(), PARTS_INTERVAL_MS));
      timers.push(setInterval(readFences, FENCES_INTERVAL_MS));
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      stopping.abort();
      await waitingForSites;
      await consumer.stop();
      await database.$disconnect();
    },
    tellAll() {
      for (const { line } of owned()) line.tellAll();
    },
    fencesChanged: readFences,
    pause: (reason) => pauses.set("asked", reason),
    resume: () => pauses.set("asked", null),
    status: () => toStatus(consumer, owned(), rate.perSecond()),
    ...createTelemetryQueries({ database, readingsTopic, owned, now: systemClock }),
  };
}

/** The consumer knows one pause; here several may ask for it. */
function createPauses(consumer: LaneConsumer) {
  const reasons: Record<"asked" | "store" | "sites", string | null> = { asked: null, store: null, sites: null };
  return {
    set(who: keyof typeof reasons, why: string | null): void {
      reasons[who] = why;
      const reason = reasons.store ?? reasons.asked ?? reasons.sites;
      if (reason === null) consumer.resume();
      else consumer.pause(reason);
    },
  };
}

function toStatus(consumer: LaneConsumer, owned: readonly OwnedLine[], recordsPerSecond: number): LaneStatus {
  const { state, reason, topics } = consumer.status();
  const sources = topics.map((progress) => ({
    ...progress,
    connector: "canonical",
    lane: LANE,
    records: sumOf(owned, progress.topic),
  }));
  return {
    lane: LANE,
    state,
    reason,
    lagRecords: sources.reduce((sum, { lagRecords }) => sum + lagRecords, 0),
    behindMs: Math.max(0, ...sources.map(({ behindMs }) => behindMs ?? 0)),
    recordsPerSecond,
    records: sumOf(owned),
    sources,
  };
}

function sumOf(owned: readonly OwnedLine[], topic?: string): OutcomeCounts {
  const counts = owned.map(({ line }) => (topic === undefined ? line.allCounters() : line.counters(topic)));
  return counts.reduce(addOutcomes, noOutcomes());
}
