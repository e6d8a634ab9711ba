import { deadLetterId } from "../../contracts/dead-letter.ts";
import { REPLAY_HEADERS, REPLAYS_TOPIC } from "../../contracts/topics.ts";
import type { ChangesRecord, SourceRecord } from "../changes-record.ts";
import { recordTimeMs } from "../record-time.ts";
import type { Step } from "../step.ts";

const OFFSET = /^\d{1,18}$/;
const PARTITION = /^\d{1,9}$/;

/**
 * A record of `tower.replays` becomes the one that it stands for, so that everything after reads it, and refers to it,
 * as if it had come on its own topic. Those of other lanes are ignored here: their own lane reads them.
 */
export function openReplays(isMine: (topic: string) => boolean): Step<ChangesRecord, ChangesRecord, ChangesRecord> {
  return function openReplaysStep(chunk, exits) {
    const opened: ChangesRecord[] = [];
    for (const entry of chunk) {
      if (entry.record.topic !== REPLAYS_TOPIC) {
        opened.push(entry);
        continue;
      }
      const topic = entry.record.headers[REPLAY_HEADERS.topic];
      const original = topic !== undefined && isMine(topic) ? originalOf(entry.record, topic) : null;
      if (original) opened.push({ ...entry, record: original, replay: deadLetterId(entry.record) });
      else exits.ignore(entry);
    }
    return opened;
  };
}

/** `null` when the headers do not say which record it stands for: only the tower writes this topic. */
function originalOf({ headers, key, value }: SourceRecord, topic: string): SourceRecord | null {
  const partition = headers[REPLAY_HEADERS.partition] ?? "";
  const offset = headers[REPLAY_HEADERS.offset] ?? "";
  const timestamp = headers[REPLAY_HEADERS.timestamp] ?? "";
  if (!PARTITION.test(partition) || !OFFSET.test(offset) || timestamp === "") return null;
  const ownHeaders = Object.entries(headers).filter(([name]) => !REPLAY_NAMES.has(name));
  return {
    topic,
    partition: Number(partition),
    offset: BigInt(offset),
    timestampMs: recordTimeMs(timestamp),
    key,
    value,
    headers: Object.fromEntries(ownHeaders),
  };
}

const REPLAY_NAMES: ReadonlySet<string> = new Set(Object.values(REPLAY_HEADERS));
