"use client";

import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDatabase, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ListStates } from "@/components/admin/settings/list-states.tsx";
import { usePause } from "@/components/shell/pause.tsx";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { Blank } from "@/components/ui/blank.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { SnapshotEntity } from "@/server/contracts/snapshot.ts";
import { entitiesQuery, rowsQuery } from "./data-queries.ts";
import { keyWords } from "./effect-words.ts";
import { PickList } from "./pick-list.tsx";
import { RowHistory } from "./row-history.tsx";
import type { ChangeView, DataPageView } from "./use-data-view.ts";

const REFRESH_MS = 5_000;
/** Longer than all real keys together, so that it stands between parts and in none of them. */
const SEPARATOR = "\u001f";

type SnapshotsPaneProps = { view: DataPageView; onChange: ChangeView };

/** Rows of other systems: found by kind and key, with their history, change by change. */
export function SnapshotsPane({ view, onChange }: SnapshotsPaneProps) {
  const { text } = usePreferences();
  const { snapshots } = text.data;
  const { pausedSinceMs } = usePause();
  const entities = useQuery({ ...entitiesQuery(), refetchInterval: pausedSinceMs === null ? REFRESH_MS * 3 : false });
  const isChosen = view.key !== "" && view.entity !== "" && view.system !== "";
  useShortcut("search", () => document.getElementById("snapshot-search")?.focus());
  useShortcut("close", () => onChange(isChosen ? { key: "", change: "" } : { q: "" }));
  return (
    <div className="data-columns" data-wide data-detail={isChosen || undefined}>
      <section className="panel data-side" aria-label={snapshots.label}>
        <div className="data-search">
          <TextInput
            id="snapshot-search"
            aria-label={snapshots.search}
            placeholder={snapshots.searchHint}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={view.q}
            onChange={(event) => onChange({ q: event.currentTarget.value })}
          />
        </div>
        <div className="scroll">
          <ListStates query={entities}>
            {(entities.data ?? []).length === 0 ? (
              <Blank
                icon={<IconDatabase size={24} aria-hidden="true" />}
                title={snapshots.empty}
                body={snapshots.emptyBody}
              />
            ) : (
              <>
                <Kinds entities={entities.data ?? []} view={view} onChange={onChange} />
                <Rows view={view} onChange={onChange} entities={entities.data ?? []} />
              </>
            )}
          </ListStates>
        </div>
      </section>
      {isChosen ? (
        <RowHistory
          key={[view.system, view.entity, view.key].join(SEPARATOR)}
          row={{ system: view.system, entity: view.entity, key: view.key }}
          view={view}
          onChange={onChange}
        />
      ) : (
        <section className="panel data-main" aria-label={snapshots.pickTitle}>
          <Blank
            icon={<IconDatabase size={24} aria-hidden="true" />}
            title={snapshots.pickTitle}
            body={snapshots.pick}
          />
        </section>
      )}
    </div>
  );
}

type KindsProps = { entities: readonly SnapshotEntity[]; view: DataPageView; onChange: ChangeView };

function Kinds({ entities, view, onChange }: KindsProps) {
  const { text, formats } = usePreferences();
  const { snapshots } = text.data;
  return (
    <ul className="data-kinds" aria-label={snapshots.kinds}>
      {entities.map(({ system, entity, title, count }) => {
        const isOn = system === view.system && entity === view.entity;
        return (
          <li key={`${system} ${entity}`}>
            <button
              type="button"
              aria-pressed={isOn}
              onClick={() =>
                onChange(
                  isOn ? { system: "", entity: "", key: "", change: "" } : { system, entity, key: "", change: "" },
                )
              }
            >
              <span className="faint">{snapshots.systems[system] ?? system}</span>
              <span className="clip">{title}</span>
              <span className="num faint">{formats.number(count)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Rows({ view, onChange, entities }: KindsProps) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { snapshots } = text.data;
  const { pausedSinceMs } = usePause();
  const [q] = useDebouncedValue(view.q.trim(), 150);
  const isOneKind = view.system !== "" && view.entity !== "";
  const question = {
    ...(isOneKind && { system: view.system, entity: view.entity }),
    ...(q !== "" && { q }),
  };
  const query = useInfiniteQuery({
    ...rowsQuery(question),
    refetchInterval: pausedSinceMs === null ? REFRESH_MS : false,
  });
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const titleOf = (system: string, entity: string) =>
    entities.find((each) => each.system === system && each.entity === entity)?.title ?? entity;
  const kind = isOneKind ? titleOf(view.system, view.entity) : snapshots.everything;
  return (
    <ListStates query={query}>
      <div className="data-group-head">
        <span className="caption grow clip">{q === "" ? snapshots.all(kind) : snapshots.like(kind, q)}</span>
        <span className="caption">{snapshots.newest}</span>
      </div>
      {rows.length === 0 ? (
        <Blank icon={<IconSearch size={24} aria-hidden="true" />} title={snapshots.emptyFound} body="">
          <Button onClick={() => onChange({ q: "" })}>{snapshots.clear}</Button>
        </Blank>
      ) : (
        <PickList
          label={snapshots.label}
          items={rows.map((row) => ({
            id: [row.system, row.entity, row.key].join(SEPARATOR),
            title: <span className="mono">{keyWords(row.key)}</span>,
            aside: <span className="faint">{formats.time(row.updatedAt, nowMs)}</span>,
            line: [
              ...(isOneKind ? [] : [titleOf(row.system, row.entity)]),
              ...(row.label ? [row.label] : []),
              ...(row.deleted ? [snapshots.deleted] : []),
              ...(row.stale ? [snapshots.stale] : []),
            ].join(" · "),
          }))}
          chosenId={[view.system, view.entity, view.key].join(SEPARATOR)}
          onChoose={(id) => {
            const [system = "", entity = "", key = ""] = id.split(SEPARATOR);
            onChange({ system, entity, key, change: "" });
          }}
        />
      )}
    </ListStates>
  );
}
