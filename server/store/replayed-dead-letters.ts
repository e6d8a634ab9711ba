import type { DeadLetterAttempt } from "../contracts/dead-letter.ts";
import { isoTime } from "../platform/clock.ts";
import type { ChangesChunk } from "./changes-chunk.ts";
import type { Db } from "./client.ts";

const ACTOR = "tower";

/** Says in the dead letters what became of their replays. A replay that is delivered twice is noted once. */
export async function noteReplays(db: Db, chunk: ChangesChunk, nowMs: number): Promise<void> {
  const time = isoTime(nowMs);
  for (const { record, isReplay } of [...chunk.decoded, ...chunk.ignored]) {
    if (isReplay) await note(db, record, "replayed", { time, actor: ACTOR, action: "applied" });
  }
  for (const { entry, letter } of chunk.rejected) {
    if (!entry.isReplay) continue;
    const comment = `${letter.reason}: ${letter.message}`;
    await note(db, entry.record, "open", { time, actor: ACTOR, action: "rejected_again", comment });
  }
}

type RecordPlace = { topic: string; partition: number; offset: bigint };

async function note(
  db: Db,
  place: RecordPlace,
  status: "open" | "replayed",
  attempt: DeadLetterAttempt,
): Promise<void> {
  await db.$executeRaw`
    update dead_letter set status = ${status}, attempts = attempts || ${JSON.stringify([attempt])}::jsonb
    where topic = ${place.topic} and partition = ${place.partition} and record_offset = ${place.offset}
      and attempts -> -1 ->> 'action' is distinct from ${attempt.action}`;
}
