"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { failureWords } from "@/components/ui/failure-words.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { AuditLine } from "@/server/contracts/audit.ts";
import { historyQuery } from "./site-queries.ts";

const SHOWN_MAX = 12;
/** The mark of what was edited follows from the rest. */
const LEFT_OUT = new Set(["edited", "importedBy", "id", "siteId", "version", "shape"]);

/** Who changed what of a site or a fence, newest first. */
export function SiteHistory({ subject }: { subject: string }) {
  const { text } = usePreferences();
  const { history } = text.sites;
  const query = useQuery(historyQuery(subject));
  const lines = query.data?.slice(0, SHOWN_MAX) ?? [];
  return (
    <Section
      title={history.title}
      aside={
        lines.length > 0 && (
          <Link className="link" href={`/admin/audit?subject=${encodeURIComponent(subject)}`} prefetch={false}>
            {history.more}
          </Link>
        )
      }
    >
      {query.error && <p className="small tone-high">{failureWords(query.error, text)}</p>}
      {query.isSuccess && lines.length === 0 && <p className="small faint">{history.none}</p>}
      <ol className="sites-history">
        {lines.map((line) => (
          <HistoryLine key={line.id} line={line} />
        ))}
      </ol>
    </Section>
  );
}

function HistoryLine({ line }: { line: AuditLine }) {
  const { text, formats } = usePreferences();
  const { history } = text.sites;
  const nowMs = useServerNow();
  const [before, after] = [asRecord(line.before), asRecord(line.after)];
  const facts = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((fact) => !LEFT_OUT.has(fact));
  const shown = (value: unknown) => (value === undefined || value === null ? text.missing : String(value));
  return (
    <li>
      <span className="between">
        <span className="strong">
          {history.actions[line.action] ?? line.action}
          {"importedBy" in after && <span className="faint"> {history.imported}</span>}
        </span>
        <span className="faint nowrap">{formats.time(line.time, nowMs)}</span>
      </span>
      <span className="dim">{line.actor.name ?? line.actor.id}</span>
      {facts.map((fact) => (
        <span key={fact} className="faint">
          {history.change(fact, shown(before[fact]), shown(after[fact]))}
        </span>
      ))}
    </li>
  );
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
