import type { Logger } from "../platform/logger.ts";
import { type Database, openDatabase } from "../store/client.ts";
import { compactPartition, partitionsWithSegments } from "../store/history-compaction.ts";
import { makeKeyframes } from "../store/history-keyframes.ts";
import { whileLocked } from "../store/only-one.ts";
import { runRetention } from "../store/retention-round.ts";
import { messageOf } from "../stream/retry.ts";
import { LANE } from "./telemetry-lines.ts";

const LOOK_EVERY_MS = 30_000;
const RETENTION_EVERY_MS = 3_600_000;
const CONNECTIONS_MAX = 3;
/** Of one partition, before the others have their turn. */
const RUNS_AT_ONCE = 4;

export type KeepingSettings = { databaseUrl: string; logLevel: string };

/**
 * Keeps what is stored small and quick to ask: sorts the history by vehicle, makes its keyframes, and removes what is older
 * than it is kept. One process at a time does it; whatever fails is tried again with the next look.
 */
export function runKeeping({ databaseUrl }: KeepingSettings, logger: Logger) {
  const database = openDatabase(databaseUrl, CONNECTIONS_MAX);
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let isStopped = false;
  let retentionAt = 0;

  async function look(): Promise<void> {
    try {
      await whileLocked(database, "keeping", () => keep());
    } catch (error) {
      logger.warn({ why: messageOf(error) }, "the history could not be kept, trying again");
    }
    if (!isStopped) timer = setTimeout(begin, LOOK_EVERY_MS);
  }

  async function keep(): Promise<void> {
    for (const partition of await partitionsWithSegments(database, LANE)) {
      if (isStopped) return;
      await keepPartition(database, partition, logger);
    }
    if (isStopped || Date.now() < retentionAt) return;
    await runRetention({ database, logger }, Date.now(), () => isStopped);
    retentionAt = Date.now() + RETENTION_EVERY_MS;
  }

  function begin(): void {
    working = look();
  }

  return {
    start: begin,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await working;
      await database.$disconnect();
    },
  };
}

async function keepPartition(database: Database, partition: number, logger: Logger): Promise<void> {
  for (let run = 0; run < RUNS_AT_ONCE; run++) {
    const startedAt = performance.now();
    const sorted = await compactPartition(database, LANE, partition, Date.now());
    if (!sorted) break;
    logger.debug({ partition, ...sorted, ms: performance.now() - startedAt }, "sorted by vehicle");
  }
  await makeKeyframes(database, LANE, partition);
}
