import { setTimeout as delay } from "node:timers/promises";
import { partitionOf } from "../server/simulator/partition.ts";
import { answerOrders } from "./child.ts";
import { PreparedBatch, roll } from "./prepared-batch.ts";
import { openRawProducer } from "./raw-producer.ts";
import { AREA, readingText } from "./reading.ts";

/** As many trucks as Penske Logistics has. */
export const FLEET = 165_000;

const BATCH_RECORDS = 115;
/** A pause shorter than this costs more than it spaces. */
const PAUSE_MS_MIN = 2;
/** What a truck on a highway drives in a second, in ten millionths of a degree of latitude. */
const STEP_E7_PER_S = 2_250;
/** Without a rate the trucks are as far apart in time as Penske's, on average. */
const USUAL_INTERVAL_S = 7;

export type LoadSettings = { broker: string; topic: string; partitions: number; vehicles: number };
/** `sent` counts from the beginning of the process. */
export type Sent = { sent: number };

/**
 * The process that plays the fleet: one reading of each vehicle in turn, 115 of a partition in a batch. Orders: `fill`
 * sends some as fast as it can, `begin` goes on at a rate until `stop`, `say` tells how many were sent.
 */
export async function runLoad(settings: LoadSettings): Promise<void> {
  const { broker, topic, vehicles } = settings;
  const producer = await openRawProducer(broker, topic);
  const readings = firstReadings(settings);
  let batches = inBatches(readings);
  const depth = Math.max(...batches.map((ofPartition) => ofPartition.length));
  let [sent, round, next] = [0, 0, 0];
  let stopping = false;
  let running: Promise<void> = Promise.resolve();

  /** One batch of every partition, in one request. */
  async function sendNext(intervalS: number): Promise<void> {
    const moment = { nowMs: Date.now(), round, stepE7: Math.round(STEP_E7_PER_S * intervalS) };
    const request = batches.flatMap((ofPartition, partition) => {
      const batch = ofPartition[next];
      if (!batch) return [];
      batch.patch(moment);
      sent += batch.records;
      return [{ partition, batch: batch.bytes }];
    });
    await producer.send(request);
    next = (next + 1) % depth;
    if (next === 0) nextRound();
  }

  /** The tower met the vehicles in one order. They go on in another: nobody's trucks speak in the order of a table. */
  function nextRound(): void {
    round += 1;
    if (round === 1) batches = inBatches(readings.map(shuffled));
  }

  async function sendAtRate(rate: number): Promise<void> {
    const [sentBefore, sinceMs] = [sent, performance.now()];
    while (!stopping) {
      const aheadMs = ((sent - sentBefore) / rate) * 1000 - (performance.now() - sinceMs);
      if (aheadMs > PAUSE_MS_MIN) await delay(aheadMs);
      await sendNext(vehicles / rate);
    }
  }

  answerOrders({
    async fill({ records }: { records: number }): Promise<Sent> {
      for (const until = sent + records; sent < until; ) await sendNext(USUAL_INTERVAL_S);
      return { sent };
    },
    begin({ rate }: { rate: number }) {
      stopping = false;
      running = sendAtRate(rate);
      running.catch((error: unknown) => {
        console.error("the load cannot send any more:", error);
        process.exit(1);
      });
    },
    async stop(): Promise<Sent> {
      stopping = true;
      await running;
      return { sent };
    },
    say: (): Sent => ({ sent }),
  });
}

type Reading = { key: string; value: string };

/** By partition, each vehicle in one of them. */
function firstReadings({ partitions, vehicles }: LoadSettings): Reading[][] {
  const readings: Reading[][] = Array.from({ length: partitions }, () => []);
  for (let vehicle = 0; vehicle < vehicles; vehicle++) {
    const id = `T${String(vehicle).padStart(6, "0")}`;
    const latitude = AREA.south + roll((AREA.north - AREA.south) * 1e6) / 1e6;
    const longitude = AREA.west + roll((AREA.east - AREA.west) * 1e6) / 1e6;
    readings[partitionOf(id, partitions)]!.push({ key: id, value: readingText(id, { latitude, longitude }) });
  }
  return readings;
}

const inBatches = (readings: readonly Reading[][]): PreparedBatch[][] =>
  readings.map((ofPartition) => {
    const batches: PreparedBatch[] = [];
    for (let from = 0; from < ofPartition.length; from += BATCH_RECORDS)
      batches.push(new PreparedBatch(ofPartition.slice(from, from + BATCH_RECORDS)));
    return batches;
  });

function shuffled(readings: readonly Reading[]): Reading[] {
  const mixed = [...readings];
  for (let place = mixed.length - 1; place > 0; place--) {
    const other = roll(place + 1);
    [mixed[place], mixed[other]] = [mixed[other]!, mixed[place]!];
  }
  return mixed;
}
