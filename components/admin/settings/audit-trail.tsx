"use client";

import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { Blank } from "@/components/ui/blank.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { AuditLine } from "@/server/contracts/audit.ts";
import { AuditDetail } from "./audit-detail.tsx";
import { ListStates } from "./list-states.tsx";
import { SettingsFrame } from "./settings-frame.tsx";
import { type AuditFilters, auditQuery, auditSearch } from "./settings-queries.ts";
import { useAddress } from "./use-address.ts";

const NO_FILTER = { action: "", subject: "", actor: "", from: "", to: "" };

/** Who did what: filters, list, and before and after of one line. Filters and choice are in the address. */
export function AuditTrail() {
  const { text } = usePreferences();
  const { audit } = text.settings;
  const [{ id, ...filters }, change] = useAddress({ ...NO_FILTER, id: "" });
  const [settled] = useDebouncedValue(filters, 200, { leading: true });
  const query = useInfiniteQuery(auditQuery(settled));
  const lines = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const chosen = lines.find((line) => line.id === id);
  const isFiltered = Object.values(filters).some((value) => value !== "");
  useShortcut("search", () => document.getElementById("audit-action")?.focus());
  useShortcut("close", () => change({ id: "" }));
  return (
    <SettingsFrame
      tab="audit"
      tools={<AuditTools filters={filters} onChange={change} />}
      detail={
        chosen && (
          <AuditDetail
            line={chosen}
            onClose={() => change({ id: "" })}
            onFilter={(part) => change({ ...part, id: "" })}
          />
        )
      }
    >
      <ListStates query={query}>
        {lines.length === 0 ? (
          <Blank
            icon={<IconHistory size={24} aria-hidden="true" />}
            title={isFiltered ? audit.emptyFiltered : audit.empty}
            body=""
          >
            {isFiltered && <Button onClick={() => change(NO_FILTER)}>{audit.clear}</Button>}
          </Blank>
        ) : (
          <AuditTable lines={lines} chosenId={id} onChoose={(next) => change({ id: next })} />
        )}
      </ListStates>
    </SettingsFrame>
  );
}

type AuditToolsProps = { filters: AuditFilters; onChange: (part: Partial<AuditFilters>) => void };

function AuditTools({ filters, onChange }: AuditToolsProps) {
  const { text } = usePreferences();
  const { audit } = text.settings;
  return (
    <>
      <TextInput
        id="audit-action"
        placeholder={audit.action}
        aria-label={audit.action}
        value={filters.action}
        onChange={(event) => onChange({ action: event.currentTarget.value })}
      />
      <TextInput
        placeholder={audit.subject}
        aria-label={audit.subject}
        value={filters.subject}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      {filters.actor && (
        <TextInput
          aria-label={audit.actor}
          value={filters.actor}
          onChange={(event) => onChange({ actor: event.currentTarget.value })}
        />
      )}
      <TimeInput label={audit.from} value={filters.from} onChange={(from) => onChange({ from })} />
      <TimeInput label={audit.to} value={filters.to} onChange={(to) => onChange({ to })} />
      <Button
        component="a"
        href={`/api/v1/audit/export.csv?${auditSearch(filters)}`}
        leftSection={<IconDownload size={14} aria-hidden="true" />}
      >
        {audit.download}
      </Button>
    </>
  );
}

/** A moment by the browser's own picker, in the zone of this computer; kept as ISO. */
function TimeInput({ label, value, onChange }: { label: string; value: string; onChange: (iso: string) => void }) {
  const local = value === "" ? "" : localMinute(new Date(value));
  return (
    <TextInput
      type="datetime-local"
      aria-label={label}
      title={label}
      value={local}
      onChange={(event) => {
        const picked = event.currentTarget.value;
        onChange(picked === "" ? "" : new Date(picked).toISOString());
      }}
    />
  );
}

const localMinute = (date: Date): string =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

type AuditTableProps = { lines: readonly AuditLine[]; chosenId: string; onChoose: (id: string) => void };

function AuditTable({ lines, chosenId, onChoose }: AuditTableProps) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { columns } = text.settings.audit;
  return (
    <table className="table settings-table">
      <thead>
        <tr>
          <th scope="col">{columns.time}</th>
          <th scope="col">{columns.who}</th>
          <th scope="col">{columns.action}</th>
          <th scope="col" className="wide">
            {columns.subject}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id} aria-selected={line.id === chosenId} onClick={() => onChoose(line.id)}>
            <td className="faint nowrap">{formats.time(line.time, nowMs)}</td>
            <td>{line.actor.name ?? line.actor.id}</td>
            <td>
              <button type="button" className="row-button mono">
                {line.action}
              </button>
            </td>
            <td className="mono wide clip">{line.subject}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
