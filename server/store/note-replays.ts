import type { DeadLetterAttempt } from "../contracts/dead-letter.ts";
import type { ReplayOutcome } from "../pipeline/replay-outcome.ts";
import { isoTime } from "../platform/clock.ts";
import type { Db } from "./client.ts";

const ACTOR = "tower";

/**
 * Writes into the dead letters how their replays went, in the caller's transaction: one that is rejected again is open
 * again. Each is told once: the log may bring a replay again after a crash, the outbox may have sent it twice, and
 * neither may undo what a person decided since.
 */
export async function noteReplays(db: Db, outcomes: readonly ReplayOutcome[], nowMs: number): Promise<void> {
  for (const { deadLetter, replay, rejection } of outcomes) {
    const place = placeOf(deadLetter);
    if (!place) continue;
    const action: DeadLetterAttempt["action"] = rejection ? "rejected_again" : "applied";
    const comment = rejection ? `${replay}: ${rejection.reason}: ${rejection.message}` : replay;
    const attempt: DeadLetterAttempt = { time: isoTime(nowMs), actor: ACTOR, action, comment };
    const status = rejection ? "open" : "replayed";
    await db.$executeRaw`
      update dead_letter set status = ${status}, attempts = attempts || ${JSON.stringify([attempt])}::jsonb
      where topic = ${place.topic} and partition = ${place.partition} and record_offset = ${place.offset}
        and status <> 'discarded'
        and attempts -> -1 ->> 'action' is distinct from ${action}
        and not attempts @> ${JSON.stringify([{ action, comment }])}::jsonb`;
  }
}

/** What is no id of a dead letter names none: headers are written by whoever can reach the topic. */
function placeOf(deadLetter: string): { topic: string; partition: number; offset: bigint } | null {
  const [, topic, partition, offset] = /^([\w.-]{1,249})~(\d{1,9})~(\d{1,18})$/.exec(deadLetter) ?? [];
  return topic && partition && offset ? { topic, partition: Number(partition), offset: BigInt(offset) } : null;
}
