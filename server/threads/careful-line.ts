import type { Logger } from "../platform/logger.ts";
import type { Line } from "../stream/line.ts";
import { messageOf } from "../stream/retry.ts";
import type { OwnedLine } from "./telemetry-lines.ts";

/** Rejected records that wait to be stored, at most. */
const REJECT_BYTES_MAX = 8_000_000;

type Messages = Parameters<Line["run"]>[1];

type Deps = {
  /** The line as it is held now. */
  current(): OwnedLine;
  /** Makes the line anew from what is stored. */
  reload(): Promise<void>;
  rowsHardMax: number;
  logger: Logger;
};

/**
 * The line as the consumer sees it. It waits when there is more in memory than is good. A chunk that cannot be folded
 * breaks the line: it is loaded anew, the chunk is read again one record at a time, and the record that is to blame
 * becomes a dead letter, so that a defect costs one record and not the partition.
 */
export function createCarefulLine({ current, reload, rowsHardMax, logger }: Deps): Line {
  /** Up to this offset of a topic records go one at a time. */
  const oneByOneTo = new Map<string, number>();
  /** Why a record cannot be folded, by `topic~offset`. */
  const unfoldable = new Map<string, string>();

  function foldOneByOne(topic: string, messages: Messages, from: number, lastOffset: number): void {
    for (let at = from; at < messages.length; at++) {
      const message = messages[at]!;
      const end = at === messages.length - 1 ? lastOffset : Number(message.offset);
      const name = `${topic}~${message.offset}`;
      const why = unfoldable.get(name);
      try {
        if (why === undefined) current().line.run(topic, [message], 0, end);
        else current().line.turnAway(topic, message, end, notFoldable(why));
      } catch (error) {
        unfoldable.set(name, messageOf(error));
        throw error;
      }
    }
  }

  function fold(topic: string, messages: Messages, from: number, lastOffset: number): void {
    const isSuspect = Number(messages[from]!.offset) <= (oneByOneTo.get(topic) ?? -1);
    if (isSuspect) foldOneByOne(topic, messages, from, lastOffset);
    else current().line.run(topic, messages, from, lastOffset);
  }

  async function mend(topic: string, lastOffset: number, defect: unknown): Promise<never> {
    logger.error({ err: defect, topic, partition: current().line.partition }, "a chunk could not be folded");
    oneByOneTo.set(topic, Math.max(oneByOneTo.get(topic) ?? -1, lastOffset));
    await reload();
    const { line } = current();
    for (const name of unfoldable.keys()) {
      const [ofTopic, offset] = name.split("~") as [string, string];
      if (Number(offset) < line.expected(ofTopic)) unfoldable.delete(name);
    }
    throw new Error(`a record could not be folded, they are read again one at a time: ${messageOf(defect)}`);
  }

  return {
    expected: (topic) => current().line.expected(topic),
    lastHash: (topic) => current().line.lastHash(topic),
    begin: (topic, offset) => current().line.begin(topic, offset),
    skipLost: (topic, offset) => current().line.skipLost(topic, offset),
    run(topic, messages, from, lastOffset) {
      try {
        fold(topic, messages, from, lastOffset);
      } catch (error) {
        return mend(topic, lastOffset, error);
      }
      const { line, keeper } = current();
      if (line.rows.count < rowsHardMax && line.unstoredRejectBytes() < REJECT_BYTES_MAX) return;
      // The chunk is folded in: a failure is shown by whoever stores, and must not bring the chunk again.
      return keeper.save().then(
        () => {},
        () => {},
      );
    },
    get stopped() {
      return current().line.stopped;
    },
    set stopped(why) {
      current().line.stopped = why;
    },
  };
}

const notFoldable = (message: string) => ({ stage: "apply" as const, reason: "not_foldable", message, fields: [] });
