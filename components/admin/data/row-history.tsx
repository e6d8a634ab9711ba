"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ListStates } from "@/components/admin/settings/list-states.tsx";
import { usePause } from "@/components/shell/pause.tsx";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { SnapshotChange } from "@/server/contracts/snapshot.ts";
import { ChangeDetail } from "./change-detail.tsx";
import { contractsQuery, historyQuery, type RowName, snapshotQuery } from "./data-queries.ts";
import { changedFields } from "./fold-history.ts";
import type { ChangeView, DataPageView } from "./use-data-view.ts";

const REFRESH_MS = 3_000;
const FIELDS_TOLD = 3;
/** Which field of a row says who changed it, by system. */
const PERSON_FIELDS = ["AENAM", "ERNAM", "USNAM"];
/** So many changes are named by their fields; telling them folds the history once for each. */
const NAMED_MAX = 100;

type RowHistoryProps = { row: RowName; view: DataPageView; onChange: ChangeView };

/** All changes of one row, newest first, and the one that is chosen before and after. */
export function RowHistory({ row, view, onChange }: RowHistoryProps) {
  const { text, formats } = usePreferences();
  const { snapshots } = text.data;
  const { pausedSinceMs } = usePause();
  const refetchInterval = pausedSinceMs === null ? REFRESH_MS : false;
  const history = useQuery({ ...historyQuery(row), refetchInterval });
  const snapshot = useQuery({ ...snapshotQuery(row), refetchInterval });
  const contracts = useQuery(contractsQuery());
  const changes = useMemo(() => inOrder(history.data?.items ?? []), [history.data]);
  const chosen = changes.find(({ position }) => position === view.change) ?? null;
  const lateCount = changes.filter(({ late }) => late).length;
  const contract = contracts.data?.find(({ system, entity }) => system === row.system && entity === row.entity);
  return (
    <>
      <section className="panel data-history" aria-label={snapshots.history}>
        <div className="panel-head">
          <h2 className="heading grow">{snapshots.history}</h2>
          <span className="small faint">{snapshots.changes(formats.number(changes.length))}</span>
        </div>
        <div className="scroll">
          <ListStates query={history}>
            <ul className="pick-list" aria-label={snapshots.history}>
              <li>
                <button
                  type="button"
                  aria-current={chosen ? undefined : "true"}
                  onClick={() => onChange({ change: "" })}
                >
                  <span className="pick-title">{snapshots.now}</span>
                </button>
              </li>
              {changes.map((change, index) => (
                <li key={change.position}>
                  <ChangeButton
                    change={change}
                    fields={index < NAMED_MAX ? changedFields(changes, change.position) : []}
                    isChosen={change === chosen}
                    onChoose={() => onChange({ change: change.position })}
                  />
                </li>
              ))}
            </ul>
            {lateCount > 0 && <p className="data-note small faint">{snapshots.lateNote(formats.number(lateCount))}</p>}
            {history.data?.nextCursor && <p className="data-note small faint">{snapshots.moreHistory}</p>}
          </ListStates>
        </div>
      </section>
      <ChangeDetail
        row={row}
        snapshot={snapshot}
        changes={changes}
        chosen={chosen}
        contract={contract}
        isOnlyChanges={view.only !== ""}
        onChange={onChange}
      />
    </>
  );
}

type ChangeButtonProps = { change: SnapshotChange; fields: string[]; isChosen: boolean; onChoose: () => void };

function ChangeButton({ change, fields, isChosen, onChoose }: ChangeButtonProps) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { snapshots } = text.data;
  const { operation, time, late, record } = change;
  const timeMs = Date.parse(time);
  const isWhole = operation === "create" || operation === "read";
  const more = fields.length - FIELDS_TOLD;
  const told = isWhole
    ? snapshots.allFields
    : fields.slice(0, FIELDS_TOLD).join(", ") + (more > 0 ? ` +${formats.number(more)}` : "");
  const person = PERSON_FIELDS.map((name) => change.fields[name]).find(
    (name) => typeof name === "string" && name !== "",
  );
  return (
    <button type="button" aria-current={isChosen ? "true" : undefined} onClick={onChoose}>
      <span className="pick-title">{`${formats.time(time, nowMs)}:${formats.timeOfDay(timeMs).slice(-2)}`}</span>
      <span className="pick-aside">
        {snapshots.operations[operation]}
        {late && <span className="tone-watch"> · {snapshots.late}</span>}
      </span>
      {told && <span className="pick-line clip dim">{person ? snapshots.by(told, String(person)) : told}</span>}
      <span className="pick-place mono faint">
        {record.topic} {formats.place(record.partition, record.offset)}
      </span>
    </button>
  );
}

/** In the source's own order, newest first: arrival may have been otherwise. */
const inOrder = (changes: readonly SnapshotChange[]): SnapshotChange[] =>
  [...changes].sort((a, b) => (a.position < b.position ? 1 : a.position > b.position ? -1 : 0));
