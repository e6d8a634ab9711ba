"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconChecks, IconRotateClockwise } from "@tabler/icons-react";
import { type UseQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ListStates } from "@/components/admin/settings/list-states.tsx";
import { usePause } from "@/components/shell/pause.tsx";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { Blank } from "@/components/ui/blank.tsx";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { type DeadLetter, type DeadLetterGroup, DeadLetterStatus } from "@/server/contracts/dead-letter.ts";
import type { Source } from "@/server/contracts/source.ts";
import { lettersQuery } from "./data-queries.ts";
import { PickList } from "./pick-list.tsx";
import { reasonWords } from "./reason-words.ts";
import { ReplayAll } from "./replay-all.tsx";
import type { ChangeView, DataPageView } from "./use-data-view.ts";

const REFRESH_MS = 3_000;

type RejectedListProps = {
  view: DataPageView;
  onChange: ChangeView;
  groups: UseQueryResult<{ items: DeadLetterGroup[] }>;
  sources: readonly Source[];
};

/** Rejected records by reason, and those of the reason that is chosen; or those that are dealt with. */
export function RejectedList({ view, onChange, groups, sources }: RejectedListProps) {
  const { text, formats } = usePreferences();
  const { rejected } = text.data;
  const status = DeadLetterStatus.safeParse(view.status).data ?? "open";
  // Held here, because the reason leaves the list while the last of its records go.
  const [replaying, setReplaying] = useState<DeadLetterGroup | null>(null);
  const shown = (groups.data?.items ?? []).filter(({ topic }) => view.source === "" || topic === view.source);
  const count = shown.reduce((sum, group) => sum + group.count, 0);
  return (
    <section className="panel data-side" aria-label={rejected.label}>
      <div className="panel-head">
        <h2 className="heading grow">{rejected.title}</h2>
        <span className="small faint">
          {status === "open" &&
            count > 0 &&
            rejected.reasons(formats.number(count), rejected.reasonCount(formats.number(shown.length)))}
        </span>
      </div>
      <div className="data-search">
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={rejected.show}
          value={status}
          onChange={(next) => onChange({ status: next, reason: "", topic: "", letter: "" })}
          data={DeadLetterStatus.options.map((value) => ({ value, label: rejected.status[value] }))}
        />
      </div>
      {view.source !== "" && (
        <p className="data-filter small">
          <span className="clip">{rejected.ofTopic(view.source)}</span>
          <button type="button" className="link" onClick={() => onChange({ source: "" })}>
            {rejected.clear}
          </button>
        </p>
      )}
      <div className="scroll">
        {status === "open" ? (
          <ListStates query={groups}>
            {shown.length === 0 ? (
              <NothingOpen isFiltered={view.source !== ""} sources={sources} />
            ) : (
              <Groups groups={shown} view={view} onChange={onChange} onReplay={setReplaying} />
            )}
          </ListStates>
        ) : (
          <Letters
            question={{ status, ...(view.source !== "" && { topic: view.source }) }}
            view={view}
            onChange={onChange}
          />
        )}
      </div>
      <p className="data-note small faint">{rejected.note}</p>
      {replaying && <ReplayAll group={replaying} onClose={() => setReplaying(null)} />}
    </section>
  );
}

function NothingOpen({ isFiltered, sources }: { isFiltered: boolean; sources: readonly Source[] }) {
  const { text, formats } = usePreferences();
  const { rejected } = text.data;
  const watched = sources.filter(({ partitions }) => partitions > 0).length;
  return (
    <Blank
      icon={<IconChecks size={24} className="tone-good" aria-hidden="true" />}
      title={rejected.emptyTitle}
      body={isFiltered ? rejected.emptyTopic : rejected.empty(formats.number(watched))}
    />
  );
}

const groupId = ({ reason, topic }: Pick<DeadLetterGroup, "reason" | "topic">) => `${reason} ${topic}`;

function Groups({
  groups,
  view,
  onChange,
  onReplay,
}: {
  groups: readonly DeadLetterGroup[];
  view: DataPageView;
  onChange: ChangeView;
  onReplay(group: DeadLetterGroup): void;
}) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { rejected } = text.data;
  const open = groups.find(({ reason, topic }) => reason === view.reason && topic === view.topic);
  const notKept = (group: DeadLetterGroup) =>
    group.notKept > 0 ? [rejected.notKept(formats.number(group.notKept))] : [];
  return (
    <>
      <PickList
        label={rejected.label}
        items={groups.map((group) => ({
          id: groupId(group),
          mark: <LevelMark level="watch" />,
          title: reasonWords(group.reason, text),
          aside: formats.number(group.count),
          line: [group.topic, ...notKept(group), group.message].join(" · "),
          lineAside: formats.time(group.newestAt, nowMs),
        }))}
        chosenId={open ? groupId(open) : ""}
        onChoose={(id) => {
          const group = groups.find((each) => groupId(each) === id);
          if (group) onChange({ reason: group.reason, topic: group.topic, letter: group.newest });
        }}
      />
      {open && (
        <>
          <div className="data-group-head">
            <span className="caption grow">{rejected.records(reasonWords(open.reason, text).toLowerCase())}</span>
            <Button leftSection={<IconRotateClockwise size={14} aria-hidden="true" />} onClick={() => onReplay(open)}>
              {rejected.replayAll(formats.number(open.count))}
            </Button>
          </div>
          <Letters
            question={{ status: "open", reason: open.reason, topic: open.topic }}
            view={view}
            onChange={onChange}
          />
        </>
      )}
    </>
  );
}

type LettersProps = { question: Parameters<typeof lettersQuery>[0]; view: DataPageView; onChange: ChangeView };

function Letters({ question, view, onChange }: LettersProps) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { pausedSinceMs } = usePause();
  const query = useInfiniteQuery({
    ...lettersQuery(question),
    refetchInterval: pausedSinceMs === null ? REFRESH_MS : false,
  });
  const letters = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <ListStates query={query}>
      {letters.length === 0 ? (
        <p className="data-filter small faint">{text.data.rejected.emptyOther}</p>
      ) : (
        <ul className="pick-list" aria-label={text.data.rejected.records(question.status)}>
          {letters.map((letter) => (
            <li key={letter.id}>
              <button
                type="button"
                data-inset
                aria-current={letter.id === view.letter ? "true" : undefined}
                onClick={() => onChange({ letter: letter.id })}
              >
                <span className="pick-title clip mono">
                  {letter.record.topic}{" "}
                  <span className="faint">{formats.place(letter.record.partition, letter.record.offset)}</span>
                </span>
                <span className="pick-aside faint">{formats.time(lastTime(letter), nowMs)}</span>
                <span className="pick-line clip faint">{letter.message}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </ListStates>
  );
}

const lastTime = ({ attempts, record }: DeadLetter): string => attempts.at(-1)?.time ?? record.timestamp;
