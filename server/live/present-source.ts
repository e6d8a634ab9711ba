import type { SourceStatus } from "../contracts/lane.ts";
import { Source, type SourceMapping, type SourceState } from "../contracts/source.ts";
import { isoTime } from "../platform/clock.ts";
import type { SourceView } from "../services/source/list.ts";
import { sourceState } from "./feed-status.ts";

export { Source, type SourceMapping };

/** `all` are the sources it stands among: whether one is silent shows beside the others of its feed. */
export function presentSource(all: readonly SourceView[], nowMs: number) {
  return ({ lastRecordAt, facts, enabled, ...source }: SourceView): Source => ({
    ...source,
    lastRecordAt: lastRecordAt === null ? null : isoTime(lastRecordAt),
    name: facts?.title ?? source.topic,
    system: facts?.system ?? null,
    entity: facts?.entity ?? null,
    contract: facts?.contract ?? null,
    state: stateOf({ ...source, lastRecordAt }, enabled, all, nowMs),
  });
}

function stateOf(source: SourceStatus, enabled: boolean, all: readonly SourceStatus[], nowMs: number): SourceState {
  if (!enabled) return "off";
  return source.lastRecordAt === null ? "waiting" : sourceState(source, all, nowMs);
}
