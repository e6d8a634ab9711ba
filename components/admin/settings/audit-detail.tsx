"use client";

import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Facts } from "@/components/ui/facts.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { AuditLine } from "@/server/contracts/audit.ts";
import type { AuditFilters } from "./settings-queries.ts";

type AuditDetailProps = { line: AuditLine; onClose: () => void; onFilter: (part: Partial<AuditFilters>) => void };

/** One line of the trail: who, what, and each field before and after. */
export function AuditDetail({ line, onClose, onFilter }: AuditDetailProps) {
  const { text, formats } = usePreferences();
  const { audit, close } = text.settings;
  const fields = [...new Set([...Object.keys(asRecord(line.before)), ...Object.keys(asRecord(line.after))])];
  return (
    <>
      <div className="panel-head">
        <h2 className="title grow clip mono">{line.action}</h2>
        <ActionIcon aria-label={close} onClick={onClose}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      <div className="section">
        <Facts
          rows={[
            [audit.columns.time, `${formats.moment(Date.parse(line.time))} ${formats.zone(Date.parse(line.time))}`],
            [audit.columns.who, `${line.actor.name ?? ""} ${line.actor.id}`.trim()],
            [audit.columns.subject, line.subject],
          ]}
        />
        <div className="settings-actions small">
          <button type="button" className="link" onClick={() => onFilter({ actor: line.actor.id })}>
            {audit.onlyThis}
          </button>
          <button type="button" className="link" onClick={() => onFilter({ subject: line.subject })}>
            {audit.onlySubject}
          </button>
        </div>
      </div>
      <Section title={`${audit.before} / ${audit.after}`}>
        {fields.length === 0 ? (
          <p className="small faint">{audit.nothing}</p>
        ) : (
          <Difference before={asRecord(line.before)} after={asRecord(line.after)} fields={fields} />
        )}
      </Section>
    </>
  );
}

type Fields = Record<string, unknown>;

function Difference({ before, after, fields }: { before: Fields; after: Fields; fields: readonly string[] }) {
  const { text } = usePreferences();
  const { audit } = text.settings;
  const told = (value: unknown) => (value === undefined ? text.missing : asText(value));
  return (
    <table className="table audit-diff">
      <thead>
        <tr>
          <th scope="col">{audit.field}</th>
          <th scope="col">{audit.before}</th>
          <th scope="col">{audit.after}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field} data-changed={asText(before[field]) === asText(after[field]) ? undefined : true}>
            <td className="mono">{field}</td>
            <td className="mono">{told(before[field])}</td>
            <td className="mono">{told(after[field])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const asRecord = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const asText = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
