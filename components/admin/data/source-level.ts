import type { Messages } from "@/components/messages/en.ts";
import type { Formats } from "@/components/ui/formats.ts";
import type { Level } from "@/components/ui/level.ts";
import type { Source, SourceState } from "@/server/contracts/source.ts";

const LEVELS: Record<SourceState, Level> = {
  current: "good",
  slow: "watch",
  silent: "critical",
  waiting: "unknown",
  off: "still",
};

/** One state a source, the worst that is so: what it does comes before what was refused of it. */
export function sourceStatus(source: Source, text: Messages, formats: Formats): { level: Level; word: string } {
  const { sources } = text.data;
  if (source.records.lost > 0)
    return { level: "critical", word: sources.recordsLost(formats.number(source.records.lost)) };
  if (source.state === "current" && source.rejectedDay > 0)
    return { level: "watch", word: sources.rejected(formats.number(source.rejectedDay)) };
  return { level: LEVELS[source.state], word: sources.states[source.state] };
}
