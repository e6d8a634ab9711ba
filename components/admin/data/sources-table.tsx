"use client";

import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Sparkline } from "@/components/ui/sparkline.tsx";
import { Status } from "@/components/ui/status.tsx";
import type { Source } from "@/server/contracts/source.ts";
import { sourceStatus } from "./source-level.ts";

type SourcesTableProps = { sources: readonly Source[]; chosen: string; onChoose: (topic: string) => void };

const DAY_MS = 24 * 3_600_000;
/** Less than this is how a healthy line breathes; drawn larger, it would look like trouble. */
const LAG_SPREAD_MS_MIN = 2_000;

/** Every topic: its state, how far it is behind, its rate, and what of it was refused. */
export function SourcesTable({ sources, chosen, onChoose }: SourcesTableProps) {
  const { text } = usePreferences();
  const { columns, label } = text.data.sources;
  return (
    <table className="table data-table data-sources" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{columns.source}</th>
          <th scope="col">{columns.topic}</th>
          <th scope="col" className="wide">
            {columns.contract}
          </th>
          <th scope="col">{columns.state}</th>
          <th scope="col" className="wide">
            {columns.lag2h}
          </th>
          <th scope="col" className="num">
            {columns.lag}
          </th>
          <th scope="col" className="num wide">
            {columns.behind}
          </th>
          <th scope="col" className="num wide">
            {columns.rate}
          </th>
          <th scope="col" className="num">
            {columns.rejected}
          </th>
          <th scope="col" className="num wide">
            {columns.last}
          </th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <SourceRow
            key={`${source.lane} ${source.topic}`}
            source={source}
            isChosen={source.topic === chosen}
            onChoose={() => onChoose(source.topic === chosen ? "" : source.topic)}
          />
        ))}
      </tbody>
    </table>
  );
}

function SourceRow({ source, isChosen, onChoose }: { source: Source; isChosen: boolean; onChoose: () => void }) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { sources } = text.data;
  const { level, word } = sourceStatus(source, text, formats);
  const isRead = source.partitions > 0;
  const lastMs = source.lastRecordAt === null ? null : Date.parse(source.lastRecordAt);
  const isToday = lastMs !== null && nowMs - lastMs < DAY_MS;
  return (
    <tr aria-selected={isChosen} onClick={onChoose}>
      <td>
        <button type="button" className="row-button strong" aria-pressed={isChosen}>
          {source.name}
        </button>
      </td>
      <td className="mono dim clip">{source.topic}</td>
      <td className="dim wide">{source.contract ?? text.missing}</td>
      <td>
        <Status level={level} word={word} quiet={level === "good" || level === "unknown"} />
      </td>
      <td className="wide">
        <Sparkline
          values={source.behindMsSamples}
          width={92}
          height={20}
          spreadMin={LAG_SPREAD_MS_MIN}
          tone={level === "watch" && source.state === "slow" ? "watch" : "normal"}
        />
      </td>
      <td className={`num strong ${source.state === "slow" ? "tone-watch" : ""}`}>
        {formats.lag(isRead ? source.behindMs : null)}
      </td>
      <td className="num dim wide">{formats.number(isRead ? source.lagRecords : null)}</td>
      <td className="num dim wide nowrap">{rateWords(source.recordsPerSecond)}</td>
      <td className={`num ${source.rejectedDay > 0 ? "tone-watch strong" : "faint"}`}>
        {formats.number(source.rejectedDay)}
      </td>
      <td className="num faint wide nowrap">
        {lastMs !== null && isToday ? formats.timeOfDay(lastMs) : formats.time(lastMs, nowMs)}
      </td>
    </tr>
  );

  function rateWords(rate: number | null): string {
    if (rate === null || !isRead) return text.missing;
    return sources.perSecond(formats.number(rate, rate > 0 && rate < 10 ? 1 : 0));
  }
}
