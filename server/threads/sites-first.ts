import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../platform/logger.ts";

const LOOK_EVERY_MS = 200;
const STANDSTILL_MS_MAX = 60_000;

/** Offsets by partition: that of the next record. */
type Offsets = ReadonlyMap<number, number>;

type Deps = {
  /** How far the topic of the sites goes by now. */
  ends(): Promise<Offsets>;
  /** How far it is stored. */
  stored(): Promise<Offsets>;
  signal: AbortSignal;
  logger: Logger;
  lookEveryMs?: number;
  standstillMsMax?: number;
};

/**
 * Waits until the sites that were sent before this moment are stored. A position is compared with the fences of the
 * moment it is read, so in a backlog the sites must come first. Whoever stores them may be another process that is
 * away: when nothing moves for a minute it goes on without them, and says so.
 */
export async function sitesFirst({ ends, stored, signal, logger, ...times }: Deps): Promise<void> {
  const { lookEveryMs = LOOK_EVERY_MS, standstillMsMax = STANDSTILL_MS_MAX } = times;
  const asked = await ends();
  let nearest = Number.POSITIVE_INFINITY;
  let movedMs = performance.now();
  while (!signal.aborted) {
    const missing = missingOf(asked, await stored());
    if (missing === 0) return;
    if (missing < nearest) [nearest, movedMs] = [missing, performance.now()];
    if (performance.now() - movedMs > standstillMsMax) {
      logger.warn(
        { missing },
        "nobody stores the sites: positions are read without the fences of those that are missing",
      );
      return;
    }
    await sleep(lookEveryMs, undefined, { signal }).catch(() => {});
  }
}

function missingOf(asked: Offsets, stored: Offsets): number {
  let missing = 0;
  for (const [partition, end] of asked) missing += Math.max(0, end - (stored.get(partition) ?? 0));
  return missing;
}
