"use client";

import { TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import type { CheckedField, DeadLetterCheck } from "@/server/contracts/dead-letter.ts";
import { isJsonValue, parseDocument, valueText, withValue } from "./record-text.ts";

type FieldTableProps = {
  /** The record as it stands, mended or not; `null` when it is no text. */
  text: string | null;
  original: string | null;
  check: DeadLetterCheck | undefined;
  isMendable: boolean;
  onMend: (text: string) => void;
};

/** Field by field: what the contract wants, what the record holds, and what it is mended to. */
export function FieldTable({ text, original, check, isMendable, onMend }: FieldTableProps) {
  const { data } = useText();
  const { columns, noJson } = data.letter;
  const document = useMemo(() => parseDocument(text), [text]);
  const before = useMemo(() => parseDocument(original), [original]);
  /** What has been typed into the fields, also while it is no JSON value yet. */
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  // A field that failed at first keeps its place and its input once it fits.
  const [failedOnce, setFailedOnce] = useState<ReadonlyMap<string, string>>(new Map());
  const failingNow = (check?.fields ?? []).filter(({ failing, path }) => failing !== null && !failedOnce.has(path));
  if (failingNow.length > 0)
    setFailedOnce(new Map([...failedOnce, ...failingNow.map(({ path, failing }) => [path, failing!] as const)]));
  if (!document || text === null) return <p className="section small dim">{noJson}</p>;

  const mend = (path: string, draft: string) => {
    setDrafts({ ...drafts, [path]: draft });
    if (draft.trim() === "" || isJsonValue(draft)) onMend(withValue(text, path, draft));
  };
  return (
    <table className="table data-table data-fields" aria-label={data.letter.fields}>
      <thead>
        <tr>
          <th scope="col">{columns.field}</th>
          <th scope="col">{columns.contract}</th>
          <th scope="col">{columns.record}</th>
          <th scope="col">{columns.mended}</th>
        </tr>
      </thead>
      <tbody>
        {check?.fields.map((field) => (
          <FieldRow
            key={field.path}
            field={field}
            was={valueText(before, field.path)}
            is={valueText(document, field.path)}
            draft={drafts[field.path]}
            failedOnce={failedOnce.get(field.path) ?? null}
            isMendable={isMendable}
            onMend={(draft) => mend(field.path, draft)}
          />
        ))}
      </tbody>
    </table>
  );
}

type FieldRowProps = {
  field: CheckedField;
  was: string | null;
  is: string | null;
  draft: string | undefined;
  failedOnce: string | null;
  isMendable: boolean;
  onMend: (draft: string) => void;
};

function FieldRow({ field, was, is, draft, failedOnce, isMendable, onMend }: FieldRowProps) {
  const { data } = useText();
  const { letter } = data;
  const [isOpen, setOpen] = useState(false);
  const isLoud = failedOnce !== null;
  const hasInput = isMendable && (isLoud || isOpen || draft !== undefined);
  return (
    <tr data-failing={isLoud || undefined}>
      <td className="mono" title={field.path}>
        {field.name}
        {field.meaning && <span className="data-meaning faint">{field.meaning}</span>}
      </td>
      <td className="dim">{field.expected ?? <span className="faint">{letter.notInContract}</span>}</td>
      <td className={`mono ${isLoud ? "tone-watch" : ""}`}>
        {isLoud && <LevelMark level="watch" size={10} />} {was ?? <span className="faint">{letter.missing}</span>}
      </td>
      <td>
        {hasInput ? (
          <span className="data-mend">
            <TextInput
              aria-label={letter.edit(field.name)}
              className="data-mono"
              autoFocus={isOpen && draft === undefined}
              placeholder={letter.missing}
              value={draft ?? is ?? ""}
              onChange={(event) => onMend(event.currentTarget.value)}
            />
            <Verdict field={field} draft={draft} isLoud={isLoud} />
          </span>
        ) : isMendable ? (
          <button
            type="button"
            className="data-as-is faint"
            aria-label={letter.edit(field.name)}
            onClick={() => setOpen(true)}
          >
            {field.expected === null ? letter.keptUnused : letter.asItIs}
          </button>
        ) : (
          <span className="faint">{field.expected === null ? letter.keptUnused : letter.asItIs}</span>
        )}
      </td>
    </tr>
  );
}

function Verdict({ field, draft, isLoud }: { field: CheckedField; draft: string | undefined; isLoud: boolean }) {
  const { letter } = useText().data;
  if (draft !== undefined && draft.trim() !== "" && !isJsonValue(draft))
    return <span className="tone-watch small">{letter.notJsonValue}</span>;
  if (field.failing !== null) return <span className="tone-watch small">{field.failing}</span>;
  if (!isLoud && draft === undefined) return null;
  return (
    <span className="tone-good small status">
      <LevelMark level="good" /> {letter.fits}
    </span>
  );
}
