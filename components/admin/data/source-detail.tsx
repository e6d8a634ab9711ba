"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { say, useWrite } from "@/components/admin/settings/use-write.ts";
import { Facts } from "@/components/ui/facts.tsx";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import { type Source, SourceMapping, type TopicMapping } from "@/server/contracts/source.ts";

type SourceDetailProps = {
  source: Source;
  mapping: SourceMapping;
  onClose: () => void;
  onContract: (name: string) => void;
};

/** One source: how it is read, and counters that add up. */
export function SourceDetail({ source, mapping, onClose, onContract }: SourceDetailProps) {
  const { text, formats } = usePreferences();
  const { sources } = text.data;
  const { contract } = source;
  const readAs = source.system === null ? sources.nothingMapped : `${source.system} ${source.entity}`;
  return (
    <>
      <div className="panel-head">
        <h2 className="title clip">{source.name}</h2>
        <span className="mono faint clip grow">{source.topic}</span>
        <ActionIcon aria-label={text.data.close} onClick={onClose}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      <div className="scroll">
        <div className="section">
          <Facts
            rows={[
              [sources.connector, source.connector],
              [sources.readAs, `${readAs}, ${source.mapped ? sources.byAdmin : sources.byName}`],
              [sources.partitions, formats.number(source.partitions)],
              [sources.usually, formats.lag(source.usualIntervalMs)],
            ]}
          />
          <div className="data-actions">
            <MappingActions source={source} mapping={mapping} />
            {contract && <Button onClick={() => onContract(contract)}>{sources.openContract}</Button>}
          </div>
        </div>
        <Counters source={source} />
      </div>
    </>
  );
}

function Counters({ source: { records } }: { source: Source }) {
  const { text, formats } = usePreferences();
  const { sources } = text.data;
  const parts = [
    [sources.applied, records.applied],
    [sources.late, records.late],
    [sources.repeated, records.repeated],
    [sources.ignored, records.ignored],
    [sources.rejectedWord, records.rejected],
  ] as const;
  const sum = parts.reduce((total, [, count]) => total + count, 0);
  return (
    <Section title={sources.counters}>
      <table className="table data-counters">
        <tbody>
          {parts.map(([word, count]) => (
            <tr key={word}>
              <th scope="row">{word}</th>
              <td className="num">{formats.number(count)}</td>
            </tr>
          ))}
          <tr className="strong">
            <th scope="row">{sources.delivered}</th>
            <td className="num">{formats.number(records.delivered)}</td>
          </tr>
          <tr className="faint">
            <th scope="row">{sources.gaps}</th>
            <td className="num">{formats.number(records.gaps)}</td>
          </tr>
          <tr className={records.lost > 0 ? "tone-high" : "faint"}>
            <th scope="row">{sources.lost}</th>
            <td className="num">{formats.number(records.lost)}</td>
          </tr>
        </tbody>
      </table>
      <p className={`small ${sum === records.delivered ? "faint" : "tone-high"}`}>
        {sum === records.delivered ? sources.adds : sources.doesNotAdd}
      </p>
    </Section>
  );
}

/** Switches a topic on or off, or lets its name speak again. What the tower itself lives on cannot be switched. */
function MappingActions({ source, mapping }: { source: Source; mapping: SourceMapping }) {
  const { text } = usePreferences();
  const { sources } = text.data;
  const put = useWrite(
    ({ mappings }: { mappings: TopicMapping[]; words: string }) =>
      sendJson("/api/v1/sources", { method: "PUT", body: { version: mapping.version, mappings } }, SourceMapping),
    { refresh: "sources", onDone: (_, { words }) => say(words) },
  );
  if (source.lane !== "changes" || source.system === null || source.system === "tower") return null;
  const { topic, connector, entity } = source;
  const others = mapping.mappings.filter((each) => each.topic !== topic);
  const own = mapping.mappings.find((each) => each.topic === topic);
  const isOn = source.state !== "off";
  const turned = { topic, connector: own?.connector ?? connector, entity: own?.entity ?? entity ?? "", enabled: !isOn };
  const words = isOn ? sources.switchedOff(topic) : sources.switchedOn(topic);
  return (
    <>
      <Button loading={put.isPending} onClick={() => put.mutate({ mappings: [...others, turned], words })}>
        {isOn ? sources.switchOff : sources.switchOn}
      </Button>
      {own && (
        <Button loading={put.isPending} onClick={() => put.mutate({ mappings: others, words: sources.removed(topic) })}>
          {sources.removeMapping}
        </Button>
      )}
    </>
  );
}
