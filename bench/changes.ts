import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { OWN_TOPICS } from "../server/contracts/topics.ts";
import { createLogger } from "../server/platform/logger.ts";
import type { OutgoingRecord } from "../server/simulator/outgoing.ts";
import { createPublish, EXACT_PRODUCER } from "../server/simulator/publish.ts";
import { createKafka, createProducer, ensureTopics, type Producer } from "../server/stream/kafka.ts";
import type { BenchSize } from "./bench-size.ts";
import { changesOfWorld } from "./changes-world.ts";
import { Child } from "./child.ts";
import { processorS, requireProc, treeS } from "./processor-time.ts";
import { aResult, type BenchResult } from "./results.ts";
import { type BenchServices, startServices } from "./services.ts";

/** `first` is what is there when the world begins, mostly new rows; the slices come after it. */
const PLANS: Record<BenchSize, { vehicles: number; first: number; slices: number; records: number }> = {
  full: { vehicles: 4_000, first: 56_000, slices: 5, records: 10_000 },
  quick: { vehicles: 1_500, first: 21_000, slices: 2, records: 8_000 },
  tiny: { vehicles: 60, first: 600, slices: 1, records: 300 },
};
const PER_SECOND_MIN = 3_000;
const SHARE_MIN = 0.3;
const POLL_MS = 20;
const SEND_AT_ONCE = 5_000;

type Sum = { records: number; seconds: number; programS: number; databaseS: number };
type Parts = { services: BenchServices; lane: Child; upserts: Child; send: Send; database: pg.Client };
type Send = (records: readonly OutgoingRecord[]) => Promise<void>;

/**
 * Changes of a whole company through the lane as it is, from the broker to durable objects and stock, against plain
 * upserts of the same rows of history and images, in alternating slices of one run.
 */
export async function benchChanges(size: BenchSize): Promise<BenchResult[]> {
  requireProc();
  const plan = PLANS[size];
  const ends: (() => Promise<void>)[] = [];
  try {
    console.log(
      `simulating ${plan.first + plan.slices * plan.records} changes of a company with ${plan.vehicles} trucks`,
    );
    const records = changesOfWorld(plan.vehicles, plan.first + plan.slices * plan.records);
    const parts = await startParts(ends);
    const sums = { lane: nothing(), upserts: nothing() };
    for (let slice = 0; slice <= plan.slices; slice++) {
      const from = slice === 0 ? 0 : plan.first + (slice - 1) * plan.records;
      const portion = records.slice(from, slice === 0 ? plan.first : from + plan.records);
      const [ofLane, ofUpserts] = [await laneSlice(parts, portion), await upsertSlice(parts, portion)];
      console.log(`${slice === 0 ? "first" : `slice ${slice}`}: lane ${words(ofLane)}; upserts ${words(ofUpserts)}`);
      if (slice === 0) continue;
      add(sums.lane, ofLane);
      add(sums.upserts, ofUpserts);
    }
    await requireSameRows(parts.database);
    return report(sums);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function startParts(ends: (() => Promise<void>)[]): Promise<Parts> {
  const services = await startServices();
  ends.push(services.stop);
  const kafka = { clientId: "bench", brokers: [services.broker], ssl: false, sasl: null };
  const client = createKafka(kafka, createLogger("bench", "error"));
  const admin = client.admin();
  await admin.connect();
  await ensureTopics(admin, OWN_TOPICS);
  await admin.disconnect();
  const producer: Producer = createProducer(client, EXACT_PRODUCER);
  await producer.connect();
  ends.push(() => producer.disconnect());
  const publish = createPublish(producer);
  const database = new pg.Client({ connectionString: services.databaseUrl });
  await database.connect();
  ends.push(() => database.end());
  const lane = new Child("changes", { kafka, databaseUrl: services.databaseUrl, logLevel: "error" });
  const upserts = new Child("upserts", { databaseUrl: services.databaseUrl });
  ends.push(
    () => lane.end(),
    () => upserts.end(),
  );
  await Promise.all([lane.ready(), upserts.ready()]);
  const send: Send = async (records) => {
    for (let at = 0; at < records.length; at += SEND_AT_ONCE) await publish(records.slice(at, at + SEND_AT_ONCE));
  };
  return { services, lane, upserts, send, database };
}

/** The records lie in the broker before the lane is told to go; its slice is over when all of them are durable. */
async function laneSlice({ services, lane, send, database }: Parts, records: readonly OutgoingRecord[]): Promise<Sum> {
  const before = await storedRecords(database);
  await send(records);
  return measured(services, lane, records.length, async () => {
    await lane.ask("go");
    while ((await storedRecords(database)) < before + records.length) await delay(POLL_MS);
    await lane.ask("wait");
  });
}

async function upsertSlice({ services, upserts }: Parts, records: readonly OutgoingRecord[]): Promise<Sum> {
  await upserts.ask("load", records);
  return measured(services, upserts, records.length, () => upserts.ask("go"));
}

async function measured(
  { databasePid }: BenchServices,
  program: Child,
  records: number,
  work: () => Promise<unknown>,
): Promise<Sum> {
  const [programS, databaseS, startedMs] = [processorS(program.pid), treeS(databasePid), performance.now()];
  await work();
  return {
    records,
    seconds: (performance.now() - startedMs) / 1000,
    programS: processorS(program.pid) - programS,
    databaseS: treeS(databasePid) - databaseS,
  };
}

async function storedRecords(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ records: string }>(
    "select coalesce(sum(next_offset), 0) as records from consumer_offset where lane = 'changes'",
  );
  return Number(rows[0]!.records);
}

/** Otherwise the two would not have been measured at the same work. The same positions may be told in two ways. */
async function requireSameRows(database: pg.Client): Promise<void> {
  const { rows } = await database.query<{ others: string }>(`
    select (select count(*) from cdc_change full join bench_change using (system, entity, key, position)
        where cdc_change.id is null or bench_change.id is null or cdc_change.fields <> bench_change.fields)
      + (select count(*) from cdc_snapshot full join bench_snapshot using (system, entity, key)
        where cdc_snapshot.image is distinct from bench_snapshot.image
          or cdc_snapshot.position is distinct from bench_snapshot.position
          or (cdc_snapshot.deleted, cdc_snapshot.stale) is distinct from (bench_snapshot.deleted, bench_snapshot.stale))
      as others`);
  if (rows[0]!.others !== "0") throw new Error(`${rows[0]!.others} rows of the lane and of the upserts differ`);
}

function report({ lane, upserts }: { lane: Sum; upserts: Sum }): BenchResult[] {
  const [ofLane, ofUpserts] = [rate(lane), rate(upserts)];
  const shared = { name: "changes", better: "higher" } as const;
  return [
    aResult({
      ...{ ...shared, figure: ofLane, unit: "changes/s", bound: PER_SECOND_MIN, ceiling: ofUpserts },
      what: `changes a second from the broker through merge and projections, durable; ${cost(lane)} (ceiling: the same rows of history and images as plain unnest upserts; ${cost(upserts)})`,
    }),
    aResult({
      ...{ ...shared, figure: ofLane / ofUpserts, unit: "", bound: SHARE_MIN, ceiling: null },
      what: "share of the same rows as plain unnest upserts",
    }),
  ];
}

const nothing = (): Sum => ({ records: 0, seconds: 0, programS: 0, databaseS: 0 });
const rate = ({ records, seconds }: Sum): number => records / seconds;
const perMillion = (seconds: number, { records }: Sum): string => (seconds / (records / 1e6)).toFixed(0);
const cost = (sum: Sum): string =>
  `CPU-s per million: ${perMillion(sum.programS, sum)} and PostgreSQL ${perMillion(sum.databaseS, sum)}`;
const words = (sum: Sum): string => `${Math.round(rate(sum))}/s, ${cost(sum)}`;

function add(sum: Sum, more: Sum): void {
  sum.records += more.records;
  sum.seconds += more.seconds;
  sum.programS += more.programS;
  sum.databaseS += more.databaseS;
}
