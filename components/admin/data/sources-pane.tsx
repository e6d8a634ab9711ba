"use client";

import { Button } from "@mantine/core";
import { IconFileText, IconPlus } from "@tabler/icons-react";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ListStates } from "@/components/admin/settings/list-states.tsx";
import { usePause } from "@/components/shell/pause.tsx";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { Blank } from "@/components/ui/blank.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { DeadLetterGroup } from "@/server/contracts/dead-letter.ts";
import type { Source } from "@/server/contracts/source.ts";
import { ConnectSource } from "./connect-source.tsx";
import { sourcesQuery } from "./data-queries.ts";
import { LetterDetail } from "./letter-detail.tsx";
import { RejectedList } from "./rejected-list.tsx";
import { SourceDetail } from "./source-detail.tsx";
import { SourcesTable } from "./sources-table.tsx";
import type { ChangeView, DataPageView } from "./use-data-view.ts";

const REFRESH_MS = 2_000;

type SourcesPaneProps = {
  view: DataPageView;
  onChange: ChangeView;
  groups: UseQueryResult<{ items: DeadLetterGroup[] }>;
};

/** Sources above, what of them was refused below, and beside it the record or the source that is chosen. */
export function SourcesPane({ view, onChange, groups }: SourcesPaneProps) {
  const { text } = usePreferences();
  const { sources: words, rejected } = text.data;
  const { pausedSinceMs } = usePause();
  const [isConnecting, setConnecting] = useState(false);
  const query = useQuery({ ...sourcesQuery(), refetchInterval: pausedSinceMs === null ? REFRESH_MS : false });
  const sources = query.data?.items ?? [];
  const mapping = query.data?.mapping ?? { version: 0, mappings: [] };
  const chosen = sources.find(({ topic }) => topic === view.source);
  useShortcut("close", () => onChange(view.letter ? { letter: "", reason: "", topic: "" } : { source: "" }));
  const hasDetail = view.letter !== "" || chosen !== undefined;
  return (
    <div className="data-sources-tab" data-detail={hasDetail || undefined}>
      <section className="panel data-top" aria-label={words.label}>
        <div className="scroll">
          <ListStates query={query}>
            {sources.length === 0 ? (
              <Blank icon={<IconFileText size={24} aria-hidden="true" />} title={words.emptyTitle} body={words.empty} />
            ) : (
              <SourcesTable
                sources={sources}
                chosen={view.source}
                onChoose={(source) => onChange({ source, letter: "", reason: "", topic: "" })}
              />
            )}
          </ListStates>
        </div>
        <div className="data-foot">
          <Button
            variant="transparent"
            className="data-connect"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => setConnecting(true)}
          >
            {words.connect}
          </Button>
          <Totals sources={sources} />
        </div>
      </section>
      <RejectedList view={view} onChange={onChange} groups={groups} sources={sources} />
      <section
        className="panel data-main"
        aria-label={view.letter ? text.data.letter.label : (chosen?.name ?? rejected.pickTitle)}
      >
        {view.letter !== "" ? (
          <LetterDetail key={view.letter} id={view.letter} onClose={() => onChange({ letter: "" })} />
        ) : chosen ? (
          <SourceDetail
            source={chosen}
            mapping={mapping}
            onClose={() => onChange({ source: "" })}
            onContract={(contract) => onChange({ tab: "contracts", contract })}
          />
        ) : (
          <Blank icon={<IconFileText size={24} aria-hidden="true" />} title={rejected.pickTitle} body={rejected.pick} />
        )}
      </section>
      {isConnecting && <ConnectSource opened mapping={mapping} onClose={() => setConnecting(false)} />}
    </div>
  );
}

/** What became of all records since they were first read; the tower's own topics count apart. */
function Totals({ sources }: { sources: readonly Source[] }) {
  const { text, formats } = usePreferences();
  const counted = sources.filter(({ system }) => system !== "tower").map(({ records }) => records);
  if (counted.length === 0) return null;
  const sum = (of: (records: Source["records"]) => number) =>
    formats.number(counted.reduce((total, records) => total + of(records), 0));
  return (
    <span className="small dim">
      {text.data.sources.sinceStart(
        sum(({ delivered }) => delivered),
        sum(({ applied }) => applied),
        sum(({ late, repeated }) => late + repeated),
        sum(({ rejected }) => rejected),
      )}
    </span>
  );
}
