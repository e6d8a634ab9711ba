import type { Batch } from "kafkajs";
import type { Line } from "./line.ts";
import { logTooShort } from "./line-claims.ts";
import { recordHash } from "./record-hash.ts";

/** Where a fetched chunk lies, seen from the offset the line expects. */
export type Place =
  /** Records from index `from` on are new and follow without a hole. */
  | { kind: "next"; from: number }
  /** All of it is folded in already. */
  | { kind: "known" }
  /** It begins beyond the expected offset: a hole in the log, or a fetch from elsewhere, or lost records. */
  | { kind: "beyond" }
  /** The log is not the one that was read before. */
  | { kind: "foreign"; why: string };

/**
 * Believes nothing but the offsets of the records themselves: kafkajs fetches before a join is told, and resets an
 * out-of-range offset with only a log line.
 */
export function placeChunk(batch: Batch, line: Pick<Line, "expected" | "lastHash">): Place {
  const { topic, messages } = batch;
  const expected = line.expected(topic);
  if (Number(batch.highWatermark) < expected) {
    return { kind: "foreign", why: logTooShort(topic, batch.partition, expected, Number(batch.highWatermark)) };
  }
  if (Number(messages[0]!.offset) > expected) return { kind: "beyond" };

  const from = indexOfOffset(batch, expected);
  const before = messages[from - 1];
  const lastHash = line.lastHash(topic);
  if (before && lastHash !== null && Number(before.offset) === expected - 1 && recordHash(before) !== lastHash) {
    return {
      kind: "foreign",
      why: `${topic} ${batch.partition}: the record at offset ${before.offset} is not the one read before: the topic was made anew`,
    };
  }
  return from === messages.length ? { kind: "known" } : { kind: "next", from };
}

/** Index of the first record at or beyond `offset`. Offsets may have holes, so it is found by offset, not by position. */
function indexOfOffset({ messages }: Batch, offset: number): number {
  let index = Math.min(Math.max(0, offset - Number(messages[0]!.offset)), messages.length);
  while (index > 0 && Number(messages[index - 1]!.offset) >= offset) index -= 1;
  return index;
}
