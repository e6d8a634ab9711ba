import { Source, type SourceMapping, type SourceState } from "../contracts/source.ts";
import { isoTime } from "../platform/clock.ts";
import type { SourceView } from "../services/source/list.ts";
import { sourceState } from "./feed-status.ts";

export { Source, type SourceMapping };

export function presentSource(nowMs: number) {
  return ({ lastRecordAt, facts, enabled, ...source }: SourceView): Source => ({
    ...source,
    lastRecordAt: lastRecordAt === null ? null : isoTime(lastRecordAt),
    name: facts?.title ?? source.topic,
    system: facts?.system ?? null,
    entity: facts?.entity ?? null,
    contract: facts?.contract ?? null,
    state: stateOf({ ...source, lastRecordAt }, enabled, nowMs),
  });
}

function stateOf(source: Parameters<typeof sourceState>[0], enabled: boolean, nowMs: number): SourceState {
  if (!enabled) return "off";
  return source.lastRecordAt === null ? "waiting" : sourceState(source, nowMs);
}
