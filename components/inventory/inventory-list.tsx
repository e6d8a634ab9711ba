"use client";

import { Button, Select } from "@mantine/core";
import { IconBuildingWarehouse, IconSearchOff, IconSortAscending } from "@tabler/icons-react";
import { useState } from "react";
import { ListSearch } from "@/components/fleet/list-search.tsx";
import { useLive } from "@/components/live/use-live.ts";
import { useMoment } from "@/components/map/moment.ts";
import { usePause } from "@/components/shell/pause.tsx";
import { Blank } from "@/components/ui/blank.tsx";
import { ExportButton, setOnly } from "@/components/ui/export-button.tsx";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { ProblemState } from "@/components/ui/problem-state.tsx";
import { type SiteStock, STOCK_HEALTHS, type StockHealth } from "@/server/contracts/stock.ts";
import { HealthFilter } from "./health-filter.tsx";
import { questionOf } from "./inventory-queries.ts";
import { TableSkeleton } from "./inventory-skeleton.tsx";
import { type InventoryView, isFiltered, NO_FILTERS } from "./inventory-view.ts";
import { PositionTable } from "./position-table.tsx";
import { usePositions } from "./use-positions.ts";

type InventoryListProps = {
  view: InventoryView;
  onChange(part: Partial<InventoryView>): void;
  stocks: readonly SiteStock[];
  siteNameOf(site: string): string;
  nowMs: number;
};

/** Search, filters and the table itself: everything the map shows, reached without a pointer. */
export function InventoryList({ view, onChange, stocks, siteNameOf, nowMs }: InventoryListProps) {
  const { text, formats } = usePreferences();
  const { inventory } = text;
  const { pausedSinceMs } = usePause();
  const [held, setHeld] = useState(false);
  const { at } = useMoment();
  const question = questionOf(view, at);
  const list = usePositions(question, { paused: pausedSinceMs !== null || at !== null, held });
  const total = totalOf(list.counts, view.healths);

  return (
    <section className="panel list-page-list inventory-list" aria-label={inventory.label}>
      <div className="inventory-bar">
        <ListSearch
          value={view.text}
          onChange={(words) => onChange({ text: words })}
          label={inventory.search}
          hint={inventory.searchHint}
        />
        <Select
          aria-label={inventory.site}
          placeholder={inventory.allSites}
          data={stocks.map(({ site }) => ({ value: site, label: siteNameOf(site) }))}
          value={view.site}
          onChange={(site) => onChange({ site })}
          clearable
          searchable
          w={172}
        />
        <button
          type="button"
          className="chip"
          aria-pressed={view.sort === "risk"}
          title={inventory.riskFirstHelp}
          onClick={() => onChange({ sort: "risk" })}
        >
          <IconSortAscending size={14} aria-hidden="true" /> {inventory.riskFirst}
        </button>
        <span className="grow" />
        {isFiltered(view) && (
          <button type="button" className="link small" onClick={() => onChange(NO_FILTERS)}>
            {inventory.clear}
          </button>
        )}
        <span className="small faint nowrap inventory-count">
          <span role="status">{countWords()}</span>
          {list.newCount > 0 && <b className="tone-accent"> {inventory.newRows(formats.number(list.newCount))}</b>}
        </span>
        <ExportButton
          wish={{ kind: "inventory", filter: setOnly({ q: view.text, site: view.site, health: view.healths }) }}
        />
      </div>
      <HealthFilter chosen={view.healths} counts={list.counts} onChange={(healths) => onChange({ healths })} />
      {list.error && list.positions.length > 0 && (
        <p className="list-note small tone-high">{inventory.refreshFailed}</p>
      )}
      {content()}
    </section>
  );

  function countWords(): string {
    if (total === null) return "";
    const sites = view.site === null ? stocks.length : 1;
    return inventory.total(
      inventory.materials(total, formats.number(total)),
      inventory.sites(sites, formats.number(sites)),
    );
  }

  function content() {
    if (list.error && list.positions.length === 0) return <ListFailure error={list.error} onRetry={list.retry} />;
    if (list.loading) return <TableSkeleton />;
    if (list.positions.length === 0)
      return <EmptyTable filtered={isFiltered(view)} stocks={stocks} onClear={() => onChange(NO_FILTERS)} />;
    return (
      <PositionTable
        // A new question starts at its top.
        key={JSON.stringify(question)}
        positions={list.positions}
        total={total ?? list.positions.length}
        siteNameOf={siteNameOf}
        selectedId={view.position}
        sort={view.sort}
        nowMs={nowMs}
        onSort={(sort) => onChange({ sort })}
        onSelect={(position) => onChange({ position })}
        onEndReached={list.loadMore}
        onHold={setHeld}
      />
    );
  }
}

function totalOf(counts: Partial<Record<StockHealth, number>> | null, chosen: readonly StockHealth[]): number | null {
  if (counts === null) return null;
  const healths = chosen.length > 0 ? chosen : STOCK_HEALTHS;
  return healths.reduce((sum, health) => sum + (counts[health] ?? 0), 0);
}

type EmptyTableProps = { filtered: boolean; stocks: readonly SiteStock[]; onClear(): void };

/** Nothing to list: what is being watched, and when something last came. */
function EmptyTable({ filtered, stocks, onClear }: EmptyTableProps) {
  const { text, formats } = usePreferences();
  const { inventory } = text;
  const feed = useLive().pulse?.feeds.find(({ name }) => name === "sap");
  if (filtered) {
    const all = stocks.reduce((sum, { counts }) => sum + (totalOf(counts, []) ?? 0), 0);
    return (
      <Blank
        icon={<IconSearchOff size={28} className="tone-normal" aria-hidden="true" />}
        title={inventory.filteredTitle}
        body={inventory.filtered(inventory.materials(all, formats.number(all)))}
      >
        <Button onClick={onClear}>{inventory.clear}</Button>
      </Blank>
    );
  }
  const last = feed?.ageMs == null ? inventory.emptyNever : inventory.emptyLast(formats.age(feed.ageMs));
  return (
    <Blank
      icon={<IconBuildingWarehouse size={28} className="tone-normal" aria-hidden="true" />}
      title={inventory.emptyTitle}
      body={`${inventory.empty} ${last}`}
    />
  );
}

function ListFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { text } = usePreferences();
  return (
    <ProblemState
      title={text.inventory.failed}
      reason={failureWords(error, text)}
      stillWorks={text.inventory.stillWorks}
      reference={error instanceof ApiFailure ? error.reference : undefined}
      onRetry={onRetry}
    />
  );
}
