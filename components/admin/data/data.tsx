"use client";

import { useQuery } from "@tanstack/react-query";
import { usePause } from "@/components/shell/pause.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { ContractsPane } from "./contracts-pane.tsx";
import { groupsQuery } from "./data-queries.ts";
import { SnapshotsPane } from "./snapshots-pane.tsx";
import { SourcesPane } from "./sources-pane.tsx";
import { StoragePane } from "./storage-pane.tsx";
import { TABS, useDataView } from "./use-data-view.ts";
import "./data.css";

export const REFRESH_MS = 3_000;

/** Where data comes from, what of it was refused, and what is known of each row. Everything chosen is in the address. */
export function Data() {
  const { text, formats } = usePreferences();
  const [view, change] = useDataView();
  const { pausedSinceMs } = usePause();
  const groups = useQuery({ ...groupsQuery(), refetchInterval: pausedSinceMs === null ? REFRESH_MS : false });
  const waiting = groups.data?.items.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const { tabs } = text.data;
  return (
    <div className="data" data-tab={view.tab}>
      <div className="data-head">
        <nav className="data-tabs" aria-label={tabs.label}>
          {TABS.map((tab) => (
            <button
              key={tab}
              type="button"
              aria-current={tab === view.tab ? "page" : undefined}
              onClick={() => change({ tab })}
            >
              {tabs[tab]} {tab === "sources" && waiting > 0 && <b className="tone-watch">{formats.number(waiting)}</b>}
            </button>
          ))}
        </nav>
      </div>
      {view.tab === "sources" && <SourcesPane view={view} onChange={change} groups={groups} />}
      {view.tab === "contracts" && <ContractsPane view={view} onChange={change} />}
      {view.tab === "storage" && <StoragePane />}
      {view.tab === "snapshots" && <SnapshotsPane view={view} onChange={change} />}
    </div>
  );
}
