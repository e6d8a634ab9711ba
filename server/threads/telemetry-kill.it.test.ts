import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LaneStatus } from "../contracts/lane.ts";
import { type Database, openDatabase } from "../store/client.ts";
import type { Message } from "../stream/kafka.ts";
import { createTelemetryLane } from "./telemetry-lane.ts";
import { aReading, START_MS, type TelemetryWorld, telemetryWorld, until } from "./telemetry-testing.ts";

const PARTITIONS = 2;
const VEHICLES_EACH = 10;
let world: TelemetryWorld;
let db: Database;
let running: ChildProcess | null = null;
let status: LaneStatus | null = null;

beforeAll(async () => {
  world = await telemetryWorld(PARTITIONS);
  db = openDatabase(world.database.url, 2);
});
afterAll(async () => {
  running?.kill("SIGKILL");
  await db.$disconnect();
  await world.close();
});

function startProcess(): void {
  running = fork(join(import.meta.dirname, "telemetry-testing-process.ts"), [JSON.stringify(world.settings)], {
    execArgv: ["--import", "tsx"],
  });
  running.on("message", (message) => {
    status = message as LaneStatus;
  });
}

async function kill(): Promise<void> {
  const ended = once(running!, "exit");
  running!.kill("SIGKILL");
  await ended;
  status = null;
}

/** Ten seconds of the fleet of a partition, in a known mixture. */
function records(partition: number, round: number): Message[] {
  const vehicles = Array.from({ length: VEHICLES_EACH }, (_, index) => `T${partition}-${index}`);
  return vehicles.flatMap((vehicle, index) => {
    const seconds = Array.from({ length: 10 }, (_, second) => round * 100 + second);
    const fresh = seconds.map((second) => aReading(vehicle, second));
    const repeated = index === 1 ? [aReading(vehicle, seconds[3]!)] : [];
    const late = index === 2 ? [aReading(vehicle, seconds[0]! - 50, { readingId: `late-${round}` })] : [];
    const broken =
      index === 3
        ? [
            { key: vehicle, value: `broken ${round}` },
            { key: vehicle, value: null },
          ]
        : [];
    return [...fresh, ...repeated, ...late, ...broken];
  });
}

const delivered = () => status?.records.delivered ?? 0;

describe("a process that is killed at any moment", () => {
  test("loses nothing and doubles nothing: state, history, counters and dead letters are the fold of the log", async () => {
    let produced = 0;
    let round = 0;
    const produceRound = async () => {
      round += 1;
      for (let partition = 0; partition < PARTITIONS; partition++) {
        const batch = records(partition, round);
        produced += batch.length;
        await world.produce(partition, batch);
      }
    };
    await produceRound();
    for (const rounds of [3, 1, 4]) {
      startProcess();
      const before = produced;
      await until("the process has read what was there", () => delivered() >= before);
      for (let more = 0; more < rounds; more++) await produceRound();
      await kill(); // somewhere between reading, telling and storing
    }
    startProcess();
    await until("all is read", () => delivered() >= produced);
    await until("all is stored", async () => (await storedRecords()) === produced);
    await kill();

    const lane = createTelemetryLane(world.settings);
    await lane.start();
    const { records: counts } = await until(
      "all is loaded",
      () => lane.status().records.delivered === produced && lane.status(),
    );
    const each = PARTITIONS * round;
    expect(counts).toEqual({
      delivered: produced,
      applied: VEHICLES_EACH * 10 * each,
      late: each,
      repeated: each,
      ignored: each,
      rejected: each,
      gaps: 0,
      lost: 0,
    });
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const ids = Array.from({ length: VEHICLES_EACH }, (_, index) => `T${partition}-${index}`);
      const newest = round * 100 + 9;
      for (const state of await lane.vehicles(ids)) {
        expect(state).toMatchObject({ seenMs: START_MS + newest * 1000, position: { speedKmh: newest % 100 } });
        const track = await lane.track(state.id, 0, Number.MAX_SAFE_INTEGER / 2, 10_000);
        expect(track).toHaveLength(round * (state.id.endsWith("-2") ? 11 : 10));
      }
    }
    expect(await db.deadLetter.count()).toBe(each);
    const [stored] = await db.$queryRaw<{ rows: bigint }[]>`select sum(rows) as rows from history_segment`;
    expect(Number(stored!.rows)).toBe(counts.applied + counts.late);
    await lane.stop();
  }, 180_000);
});

async function storedRecords(): Promise<number> {
  const rows = await db.consumerOffset.findMany({ where: { topic: world.readingsTopic } });
  return rows.reduce((sum, { nextOffset }) => sum + Number(nextOffset), 0);
}
