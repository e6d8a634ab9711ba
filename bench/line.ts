import { setTimeout as delay } from "node:timers/promises";
import { VEHICLE_PARTITIONS } from "../server/contracts/topics.ts";
import { createLogger } from "../server/platform/logger.ts";
import { createKafka } from "../server/stream/kafka.ts";
import { Contestant } from "./contestant.ts";
import { FLEET, fillReadings } from "./load.ts";
import { aResult, type BenchResult } from "./results.ts";
import { startServices } from "./services.ts";

const RECORDS = 3_000_000;
const SLICES = 3;
const LINE_SLICE_MS = 4000;
const BARE_SLICE_MS = 3000;
/** After an order the status may be this old, and a chunk may still be on its way. */
const SETTLE_MS = 1200;
const RATE_MIN = 50_000;
const CPU_S_PER_MILLION_MAX = 10;

type Sum = { records: number; cpuS: number; seconds: number };

/**
 * The telemetry line against the bare client, on one filled topic, in alternating slices of one run: so that whatever
 * else the machine does meets both.
 */
export async function benchLine(): Promise<BenchResult[]> {
  const services = await startServices();
  const contestants: Contestant[] = [];
  try {
    const [readingsTopic, replaysTopic] = ["bench.readings", "bench.replays"];
    await makeTopics(services.broker, [readingsTopic, replaysTopic]);
    console.log(`filling ${RECORDS} readings of ${FLEET} vehicles`);
    await fillReadings({
      broker: services.broker,
      topic: readingsTopic,
      partitions: VEHICLE_PARTITIONS,
      records: RECORDS,
    });

    const kafka = { clientId: "bench", brokers: [services.broker], ssl: false, sasl: null };
    const line = new Contestant("line", {
      ...{ kafka, readingsTopic, replaysTopic, databaseUrl: services.databaseUrl, logLevel: "warn" },
    });
    const bare = new Contestant("bare", { broker: services.broker, topic: readingsTopic });
    contestants.push(line, bare);
    await Promise.all([line.ready(), bare.ready()]);
    return report(await inTurn(line, bare));
  } finally {
    for (const contestant of contestants) await contestant.end();
    await services.stop();
  }
}

async function inTurn(line: Contestant, bare: Contestant): Promise<{ line: Sum; bare: Sum }> {
  const sums = { line: nothing(), bare: nothing() };
  for (let slice = 0; slice <= SLICES; slice++) {
    const [ofLine, ofBare] = [await oneSlice(line, LINE_SLICE_MS), await oneSlice(bare, BARE_SLICE_MS)];
    console.log(
      `slice ${slice}${slice === 0 ? " (warming up)" : ""}: line ${words(ofLine)}; bare client ${words(ofBare)}`,
    );
    if (slice === 0) continue;
    add(sums.line, ofLine);
    add(sums.bare, ofBare);
  }
  return sums;
}

async function oneSlice(contestant: Contestant, ms: number): Promise<Sum> {
  const before = await contestant.tell("say");
  const startedAt = performance.now();
  await contestant.tell("go");
  await delay(ms);
  await contestant.tell("wait");
  const seconds = (performance.now() - startedAt) / 1000;
  await delay(SETTLE_MS);
  const after = await contestant.tell("say");
  return { records: after.records - before.records, cpuS: after.cpuS - before.cpuS, seconds };
}

function report({ line, bare }: { line: Sum; bare: Sum }): BenchResult[] {
  return [
    aResult({
      name: "line",
      what: "readings a second through the telemetry line, catching up (ceiling: bare client)",
      figure: line.records / line.seconds,
      unit: "records/s",
      bound: RATE_MIN,
      better: "higher",
      ceiling: bare.records / bare.seconds,
    }),
    aResult({
      name: "line",
      what: "processor seconds per million readings, all threads of the process (ceiling: bare client)",
      figure: perMillion(line),
      unit: "CPU-s",
      bound: CPU_S_PER_MILLION_MAX,
      better: "lower",
      ceiling: perMillion(bare),
    }),
  ];
}

async function makeTopics(broker: string, topics: string[]): Promise<void> {
  const settings = { clientId: "bench", brokers: [broker], ssl: false, sasl: null };
  const admin = createKafka(settings, createLogger("bench", "warn")).admin();
  await admin.connect();
  const specs = topics.map((topic) => ({ topic, numPartitions: VEHICLE_PARTITIONS }));
  await admin.createTopics({ topics: specs, waitForLeaders: true });
  await admin.disconnect();
}

const nothing = (): Sum => ({ records: 0, cpuS: 0, seconds: 0 });
const perMillion = ({ cpuS, records }: Sum): number => cpuS / (records / 1e6);
const words = (sum: Sum): string =>
  `${Math.round(sum.records / sum.seconds)} records/s, ${perMillion(sum).toFixed(2)} CPU-s per million`;

function add(sum: Sum, more: Sum): void {
  sum.records += more.records;
  sum.cpuS += more.cpuS;
  sum.seconds += more.seconds;
}
