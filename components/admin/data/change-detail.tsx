"use client";

import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import { Fragment } from "react";
import { ListStates } from "@/components/admin/settings/list-states.tsx";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Source } from "@/components/ui/source.tsx";
import type { Contract } from "@/server/contracts/contract.ts";
import type { Snapshot, SnapshotChange } from "@/server/contracts/snapshot.ts";
import type { RowName } from "./data-queries.ts";
import { keyWords } from "./effect-words.ts";
import { differencesAt } from "./fold-history.ts";
import { linkPath } from "./link-path.ts";
import type { ChangeView } from "./use-data-view.ts";

type ChangeDetailProps = {
  row: RowName;
  snapshot: UseQueryResult<Snapshot>;
  changes: readonly SnapshotChange[];
  chosen: SnapshotChange | null;
  contract: Contract | undefined;
  isOnlyChanges: boolean;
  onChange: ChangeView;
};

/** One row: before and after the chosen change, or as it is now with what set each field last. */
export function ChangeDetail({ row, snapshot, changes, chosen, contract, isOnlyChanges, onChange }: ChangeDetailProps) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { snapshots } = text.data;
  const meaningOf = (field: string) => contract?.fields.find(({ path }) => path === `/${field}`)?.meaning ?? "";
  const title = `${contract?.rowTitle ?? row.entity} ${keyWords(row.key)}`;
  return (
    <section className="panel data-main" aria-label={title}>
      <div className="panel-head">
        <h2 className="title clip">{title}</h2>
        <span className="small faint grow clip">
          {chosen ? <Span changes={changes} chosen={chosen} /> : snapshots.now}
          {snapshot.data?.deleted && ` · ${snapshots.deleted}`}
          {snapshot.data?.stale && ` · ${snapshots.stale}`}
        </span>
        <ActionIcon aria-label={text.data.close} onClick={() => onChange({ key: "", change: "" })}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      <div className="scroll">
        <ListStates query={snapshot}>
          {snapshot.data && !chosen && <PresentTable snapshot={snapshot.data} meaningOf={meaningOf} nowMs={nowMs} />}
          {chosen && (
            <Differences
              changes={changes}
              chosen={chosen}
              meaningOf={meaningOf}
              isOnlyChanges={isOnlyChanges}
              onToggle={() => onChange({ only: isOnlyChanges ? "" : "changes" })}
            />
          )}
          {snapshot.data && <Links links={snapshot.data.links} />}
          <Received
            record={chosen?.record ?? snapshot.data?.record}
            body={chosen ? received(chosen) : snapshot.data && { ...row, image: snapshot.data.image }}
            note={contract?.name ?? formats.number(null)}
          />
        </ListStates>
      </div>
    </section>
  );
}

/** From which change to which: times of the one before and of this one. */
function Span({ changes, chosen }: { changes: readonly SnapshotChange[]; chosen: SnapshotChange }) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const before = changes[changes.indexOf(chosen) + 1];
  return `${before ? formats.time(before.time, nowMs) : text.data.snapshots.first} → ${formats.time(chosen.time, nowMs)}`;
}

type TableProps = { meaningOf: (field: string) => string };

function PresentTable({ snapshot, meaningOf, nowMs }: TableProps & { snapshot: Snapshot; nowMs: number }) {
  const { text, formats } = usePreferences();
  const { columns, now } = text.data.snapshots;
  return (
    <table className="table data-table" aria-label={now}>
      <thead>
        <tr>
          <th scope="col">{columns.field}</th>
          <th scope="col">{columns.meaning}</th>
          <th scope="col">{columns.value}</th>
          <th scope="col">{columns.set}</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(snapshot.image).map(([field, value]) => {
          const set = snapshot.provenance[field];
          return (
            <tr key={field}>
              <td className="mono">{field}</td>
              <td className="dim">{meaningOf(field)}</td>
              <td className="mono">{shown(value, text.missing)}</td>
              <td className="small faint nowrap" title={set?.position}>
                {formats.time(set?.time, nowMs)}{" "}
                {set?.record && <span className="mono">{formats.place(set.record.partition, set.record.offset)}</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

type DifferencesProps = TableProps & {
  changes: readonly SnapshotChange[];
  chosen: SnapshotChange;
  isOnlyChanges: boolean;
  onToggle: () => void;
};

function Differences({ changes, chosen, meaningOf, isOnlyChanges, onToggle }: DifferencesProps) {
  const { text, formats } = usePreferences();
  const { snapshots } = text.data;
  const all = differencesAt(changes, chosen.position);
  const changed = all.filter(({ isChanged }) => isChanged);
  const rows = isOnlyChanges ? changed : all;
  const { columns } = snapshots;
  return (
    <>
      <table className="table data-table data-diff" aria-label={`${columns.before}, ${columns.after}`}>
        <thead>
          <tr>
            <th scope="col">{columns.field}</th>
            <th scope="col">{columns.meaning}</th>
            <th scope="col">{columns.before}</th>
            <th scope="col">{columns.after}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, before, after, isChanged }) => (
            <tr key={field} data-changed={isChanged || undefined}>
              <td className="mono">{field}</td>
              <td className="dim">{meaningOf(field)}</td>
              <td className={`mono ${isChanged ? "tone-high" : "dim"}`}>
                {isChanged && before !== undefined && "− "}
                {shown(before, text.missing)}
              </td>
              <td className={`mono ${isChanged ? "tone-good strong" : "dim"}`}>
                {isChanged && after !== undefined && "+ "}
                {shown(after, text.missing)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="data-note small dim">
        {snapshots.changed(formats.number(changed.length), formats.number(all.length))} ·{" "}
        <button type="button" className="link" onClick={onToggle}>
          {isOnlyChanges ? snapshots.allRows : snapshots.onlyChanges}
        </button>
      </p>
    </>
  );
}

function Links({ links }: { links: Snapshot["links"] }) {
  const { text } = usePreferences();
  const { snapshots } = text.data;
  if (links.length === 0) return null;
  return (
    <p className="data-note small dim">
      {snapshots.links}{" "}
      {links.map(({ kind, id }, index) => {
        const words = (snapshots.linkKinds[kind] ?? ((name: string) => name))(numberOf(id));
        const path = linkPath(kind, id);
        return (
          <Fragment key={`${kind} ${id}`}>
            {index > 0 && " · "}
            {path ? (
              <Link className="link" href={path} prefetch={false}>
                {words}
              </Link>
            ) : (
              words
            )}
          </Fragment>
        );
      })}
    </p>
  );
}

type ReceivedProps = { record: Snapshot["record"] | undefined; body: object | undefined; note: string };

function Received({ record, body, note }: ReceivedProps) {
  const { text } = usePreferences();
  if (!record || !body) return null;
  return (
    <div className="section">
      <div className="section-head">
        <h3 className="caption">{text.data.snapshots.received}</h3>
        <span className="small faint">
          <Source {...record} /> · {note}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="data-raw mono" tabIndex={0}>
        {JSON.stringify(body, null, 2)}
      </pre>
    </div>
  );
}

const received = ({ operation, position, time, fields }: SnapshotChange) => ({ operation, position, time, fields });

function shown(value: unknown, missing: string): string {
  if (value === undefined) return missing;
  return typeof value === "string" ? value || '""' : JSON.stringify(value);
}

/** `sap:100:0080334561` is called by its number, without zeros in front. */
const numberOf = (id: string): string => (id.split(":").at(-1) ?? id).replace(/^0+(?=\d+$)/, "");
