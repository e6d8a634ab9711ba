import { REPLAY_HEADERS } from "../../contracts/topics.ts";
import type { ReadingRecord } from "./reading-chunk.ts";
import type { LineRecord } from "./telemetry-line.ts";

/** A record of `tower.replays` as the record it stands for, or `null` when it stands for one of another topic. */
export function readReplay(
  message: LineRecord,
  topic: string,
): { deadLetter: string; standsFor: ReadingRecord } | null {
  const header = (name: string): string | null => {
    const value = message.headers?.[name];
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? null : first.toString();
  };
  const deadLetter = header(REPLAY_HEADERS.deadLetter);
  const offset = header(REPLAY_HEADERS.offset);
  const timestamp = header(REPLAY_HEADERS.timestamp);
  if (header(REPLAY_HEADERS.topic) !== topic || !deadLetter || !isOffset(offset) || !timestamp) return null;
  return { deadLetter, standsFor: { offset, timestamp, value: message.value } };
}

const isOffset = (text: string | null): text is string => text !== null && /^\d{1,15}$/.test(text);
