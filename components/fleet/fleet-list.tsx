"use client";

import { Button, Menu } from "@mantine/core";
import { IconCheck, IconChevronDown, IconMapPin, IconSearchOff, IconTruck } from "@tabler/icons-react";
import { useState, useSyncExternalStore } from "react";
import { useLiveClient } from "@/components/live/live-provider.tsx";
import { useLive } from "@/components/live/use-live.ts";
import type { MapBounds } from "@/components/map/fleet-map-props.ts";
import { useMoment } from "@/components/map/moment.ts";
import { usePause } from "@/components/shell/pause.tsx";
import { Blank } from "@/components/ui/blank.tsx";
import { ExportButton, setOnly } from "@/components/ui/export-button.tsx";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { ProblemState } from "@/components/ui/problem-state.tsx";
import type { Site } from "@/server/contracts/site.ts";
import { countFound } from "./fleet-counts.ts";
import { ListSkeleton } from "./fleet-skeleton.tsx";
import { type FleetView, isFiltered, NO_FILTERS, questionOf, SORTS, withinWorld } from "./fleet-view.ts";
import { LevelFilter } from "./level-filter.tsx";
import { ListSearch } from "./list-search.tsx";
import { PAGE_SIZE, useVehicleList } from "./use-vehicle-list.ts";
import { VehicleList } from "./vehicle-list.tsx";
import { useWatched, type Watched } from "./watched.ts";

type FleetListProps = {
  view: FleetView;
  onChange(part: Partial<FleetView>): void;
  bounds: MapBounds | null;
  sites: readonly Site[];
  /** How many vehicles the map shows. */
  inMap: Watched<number | null>;
};

/** Search, filters and the list itself: everything the map shows, reached without a pointer. */
export function FleetList({ view, onChange, bounds, sites, inMap }: FleetListProps) {
  const { text } = usePreferences();
  const { pausedSinceMs } = usePause();
  const [held, setHeld] = useState(false);
  const { at } = useMoment();
  const question = questionOf(view, bounds, PAGE_SIZE, at);
  const list = useVehicleList(question, {
    enabled: !view.inView || bounds !== null,
    paused: pausedSinceMs !== null || at !== null,
    held,
  });
  const counted = useCountFound(view);
  const total = list.complete ? list.vehicles.length : counted;

  return (
    <section className="panel list-page-list fleet-list" aria-label={text.fleet.label}>
      <div className="fleet-search">
        <ListSearch value={view.text} onChange={(words) => onChange({ text: words })} />
        <div className="row">
          <button
            type="button"
            className="chip"
            aria-pressed={view.inView}
            title={text.fleet.inViewHelp}
            onClick={() => onChange({ inView: !view.inView })}
          >
            <IconMapPin size={14} aria-hidden="true" /> {text.fleet.inView}
          </button>
          <span className="grow" />
          {isFiltered(view) && (
            <button type="button" className="link small" onClick={() => onChange(NO_FILTERS)}>
              {text.fleet.clear}
            </button>
          )}
        </div>
      </div>
      <LevelFilter view={view} onChange={onChange} />
      <div className="list-head small faint">
        <ListCount view={view} list={list} total={total} inMap={inMap} />
        <ExportButton
          wish={{
            kind: "vehicles",
            sort: view.sort,
            filter: setOnly({
              q: view.text,
              motion: view.motions,
              service: view.services,
              bounds: view.inView && bounds ? withinWorld(bounds) : null,
            }),
          }}
        />
        <SortMenu sort={view.sort} onChange={(sort) => onChange({ sort })} />
      </div>
      {list.error && list.vehicles.length > 0 && (
        <p className="list-note small tone-high">{text.errors.refreshFailed}</p>
      )}
      {content()}
    </section>
  );

  function content() {
    if (list.error && list.vehicles.length === 0) return <ListFailure error={list.error} onRetry={list.retry} />;
    if (list.loading) return <ListSkeleton />;
    if (list.vehicles.length === 0)
      return <EmptyList filtered={isFiltered(view)} onClear={() => onChange(NO_FILTERS)} />;
    return (
      <VehicleList
        // A new question starts at its top.
        key={JSON.stringify([question.q, question.motion, question.service, question.sort, at])}
        label={text.fleet.listLabel(text.fleet.sorts[view.sort])}
        vehicles={list.vehicles}
        total={total}
        sites={sites}
        selectedId={view.vehicle}
        onSelect={(vehicle) => onChange({ vehicle })}
        onEndReached={list.loadMore}
        onHold={setHeld}
      />
    );
  }
}

type ListCountProps = {
  view: FleetView;
  list: Pick<ReturnType<typeof useVehicleList>, "vehicles" | "loading" | "newCount">;
  total: number | null;
  inMap: Watched<number | null>;
};

/** How many there are, how many of them fit or are on the map, and how many wait to be shown. */
function ListCount({ view, list, total, inMap }: ListCountProps) {
  const { text, formats } = usePreferences();
  const all = formats.number(useLive().pulse?.fleet.vehicles);
  const onMap = useWatched(inMap);
  return (
    <span className="clip">
      <span role="status">{words()}</span>
      {!isFiltered(view) && onMap !== null && ` · ${text.fleet.inMap(formats.number(onMap))}`}
      {list.newCount > 0 && <b className="tone-accent"> {text.fleet.newRows(formats.number(list.newCount))}</b>}
    </span>
  );

  function words(): string {
    if (!isFiltered(view)) return text.fleet.total(all);
    if (total !== null) return text.fleet.found(formats.number(total), all);
    return list.loading ? text.fleet.loading : text.fleet.moreThan(formats.number(list.vehicles.length), all);
  }
}

/** What the counts of the newest pulse say; renders only when that number changes. */
function useCountFound(view: FleetView): number | null {
  const { subscribe, getState } = useLiveClient();
  const count = () => countFound(getState().pulse?.fleet ?? null, view);
  return useSyncExternalStore(subscribe, count, count);
}

function SortMenu({ sort, onChange }: { sort: FleetView["sort"]; onChange(sort: FleetView["sort"]): void }) {
  const { fleet } = usePreferences().text;
  return (
    <Menu position="bottom-end" alignItemsLabels="all">
      <Menu.Target>
        <button type="button" className="sort-button" aria-label={`${fleet.sortLabel}: ${fleet.sorts[sort]}`}>
          {fleet.sorts[sort]} <IconChevronDown size={12} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {SORTS.map((each) => (
          <Menu.RadioItem
            key={each}
            value={each}
            checked={each === sort}
            checkIcon={<IconCheck size={14} aria-hidden="true" />}
            closeMenuOnClick
            onChange={() => onChange(each)}
          >
            {fleet.sorts[each]}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Nothing to list: what is being watched, and when something last came. */
function EmptyList({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { text, formats } = usePreferences();
  const { pulse } = useLive();
  if (filtered)
    return (
      <Blank
        icon={<IconSearchOff size={28} className="tone-normal" aria-hidden="true" />}
        title={text.empty.filteredTitle}
        body={text.empty.filtered(formats.number(pulse?.fleet.vehicles))}
      >
        <Button onClick={onClear}>{text.fleet.clear}</Button>
      </Blank>
    );
  const feed = pulse?.feeds.find(({ name }) => name === "telematics");
  const watching = text.empty.watching(feed?.topics.join(", ") ?? text.feedBar.names.telematics ?? "");
  const last = feed?.ageMs == null ? text.empty.never : text.empty.last(formats.age(feed.ageMs));
  return (
    <Blank
      icon={<IconTruck size={28} className="tone-normal" aria-hidden="true" />}
      title={text.empty.title}
      body={`${watching} ${last}`}
    />
  );
}

function ListFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { text } = usePreferences();
  return (
    <ProblemState
      title={text.errors.listTitle}
      reason={failureWords(error, text)}
      stillWorks={text.errors.listStillWorks}
      reference={error instanceof ApiFailure ? error.reference : undefined}
      onRetry={onRetry}
    />
  );
}
