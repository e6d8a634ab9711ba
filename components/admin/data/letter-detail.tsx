"use client";

import { ActionIcon, SegmentedControl } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ListStates } from "@/components/admin/settings/list-states.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import { Source } from "@/components/ui/source.tsx";
import type { DeadLetter } from "@/server/contracts/dead-letter.ts";
import { Attempts } from "./attempts.tsx";
import { checkQuery, fromBase64, letterQuery } from "./data-queries.ts";
import { FieldTable } from "./field-table.tsx";
import { LetterActions } from "./letter-actions.tsx";
import { reasonWords } from "./reason-words.ts";
import { hexLines, parseDocument, prettyText, textOfBytes } from "./record-text.ts";

const REFRESH_MS = 2_000;
const CHECK_AFTER_MS = 250;
const HEX_BYTES_MAX = 64_000;

type View = "fields" | "whole" | "bytes";

/** One rejected record: beside its contract field by field, as a whole, or as bytes; mended, checked, and sent again. */
export function LetterDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery({ ...letterQuery(id), refetchInterval: REFRESH_MS });
  if (!query.data) return <ListStates query={query}>{null}</ListStates>;
  return <Letter letter={query.data} onClose={onClose} />;
}

function Letter({ letter, onClose }: { letter: DeadLetter; onClose: () => void }) {
  const text = useText();
  const { letter: words } = text.data;
  const bytes = useMemo(() => (letter.value === null ? null : fromBase64(letter.value)), [letter.value]);
  const original = useMemo(() => bytes && textOfBytes(bytes), [bytes]);
  const [mended, setMended] = useState<string | null>(null);
  const present = mended ?? original;
  const isObject = useMemo(() => parseDocument(original) !== undefined, [original]);
  const [chosen, setChosen] = useState<View | null>(null);
  const view = chosen ?? (isObject ? "fields" : original === null && bytes !== null ? "bytes" : "whole");
  const [settled] = useDebouncedValue(mended, CHECK_AFTER_MS);
  const check = useQuery(checkQuery(letter.id, settled));
  const isMendable = letter.status === "open";
  return (
    <>
      <div className="panel-head">
        <h2 className="title clip">{check.data?.subject ?? words.unnamed}</h2>
        <span className="grow clip">
          <Source {...letter.record} />
        </span>
        <span className="data-chip">{reasonWords(letter.reason, text)}</span>
        <ActionIcon aria-label={text.data.close} onClick={onClose}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      <div className="scroll">
        <div className="data-letter-head">
          <p className="small dim grow">{letter.message}</p>
          <SegmentedControl
            size="xs"
            aria-label={words.view}
            value={view}
            onChange={(next) => setChosen(next as View)}
            data={(["fields", "whole", "bytes"] as const).map((value) => ({ value, label: words[value] }))}
          />
        </div>
        {view === "fields" && (
          <FieldTable
            text={present}
            original={original}
            check={check.data}
            isMendable={isMendable}
            onMend={(next) => setMended(next === original ? null : next)}
          />
        )}
        {view === "whole" && (
          <WholeRecord text={present} isMendable={isMendable} onMend={(next) => setMended(next || null)} />
        )}
        {view === "bytes" && <Bytes bytes={bytes} />}
        <Attempts letter={letter} />
      </div>
      <LetterActions
        letter={letter}
        mended={mended}
        check={check}
        isChecking={settled !== mended}
        onUndo={() => setMended(null)}
      />
    </>
  );
}

type WholeRecordProps = { text: string | null; isMendable: boolean; onMend: (text: string) => void };

function WholeRecord({ text, isMendable, onMend }: WholeRecordProps) {
  const { data } = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? prettyText(text ?? "");
  const isJson = parseDocument(shown) !== undefined;
  return (
    <div className="section">
      <textarea
        className="data-json mono"
        aria-label={data.letter.wholeLabel}
        aria-invalid={!isJson}
        spellCheck={false}
        readOnly={!isMendable}
        value={shown}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          onMend(event.currentTarget.value);
        }}
      />
      {!isJson && <p className="small tone-watch">{data.letter.jsonBroken}</p>}
    </div>
  );
}

function Bytes({ bytes }: { bytes: Uint8Array | null }) {
  const { data } = useText();
  if (!bytes || bytes.length === 0) return <p className="section small faint">{data.letter.noBytes}</p>;
  return (
    <div className="section">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="data-raw mono" tabIndex={0}>
        {hexLines(bytes, HEX_BYTES_MAX).join("\n")}
      </pre>
    </div>
  );
}
