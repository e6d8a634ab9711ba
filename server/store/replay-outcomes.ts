import type { DeadLetterAttempt } from "../contracts/dead-letter.ts";
import type { ReplayOutcome } from "../pipeline/telemetry/replay.ts";
import { isoTime } from "../platform/clock.ts";
import type { Db } from "./client.ts";

/**
 * Writes into the dead letters how their replays went, in the caller's transaction: one that is rejected again is open
 * again. Each replay is written once, however often the log brings it.
 */
export async function recordReplays(db: Db, outcomes: readonly ReplayOutcome[]): Promise<void> {
  for (const { deadLetter, replayRecord, rejection } of outcomes) {
    const [topic, partition, offset] = splitId(deadLetter);
    if (topic === undefined) continue;
    const { topic: replayTopic, partition: replayPartition, offset: replayOffset } = replayRecord;
    const place = `${replayTopic}~${replayPartition}~${replayOffset}`;
    const attempt: DeadLetterAttempt = {
      time: isoTime(Date.now()),
      actor: "line",
      action: rejection ? "rejected_again" : "applied",
      comment: rejection ? `${place}: ${rejection.reason}: ${rejection.message}` : place,
    };
    const sameAttempt = JSON.stringify([{ action: attempt.action, comment: attempt.comment }]);
    const status = rejection ? "open" : "replayed";
    await db.$executeRaw`
      update dead_letter set status = ${status}, attempts = attempts || ${JSON.stringify([attempt])}::jsonb
      where topic = ${topic} and partition = ${partition} and record_offset = ${offset}
        and not attempts @> ${sameAttempt}::jsonb`;
  }
}

/** `topic~partition~offset`. A topic cannot hold a tilde. */
function splitId(id: string): [topic: string, partition: number, offset: bigint] | [] {
  const match = /^([^~]+)~(\d{1,9})~(\d{1,18})$/.exec(id);
  return match ? [match[1]!, Number(match[2]), BigInt(match[3]!)] : [];
}
