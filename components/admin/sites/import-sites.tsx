"use client";

import { Button, FileInput, Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { sendJson } from "@/components/ui/fetch-json.ts";
import type { Level } from "@/components/ui/level.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Status } from "@/components/ui/status.tsx";
import { SITE_FILE_BYTES_MAX, type SiteImportLine, SiteImportReport } from "@/server/contracts/site-import.ts";
import { refusalWords, say, useSiteWrite } from "./use-site-write.tsx";
import { VirtualTable } from "./virtual-table.tsx";

const OUTCOMES = ["refused", "changed", "added", "unchanged"] as const;
const LEVEL: Record<SiteImportLine["outcome"], Level> = {
  refused: "watch",
  changed: "normal",
  added: "normal",
  unchanged: "calm",
};
const ROW_HEIGHT = 36;

type ImportSitesProps = { opened: boolean; onClose: () => void };

/** Takes sites from a file: choose it, see line by line what it does, then let it do just that. */
export function ImportSites({ opened, onClose }: ImportSitesProps) {
  const { sites } = usePreferences().text;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={860}
      title={sites.importing.title}
      closeButtonProps={{ "aria-label": sites.close }}
    >
      <Wizard onClose={onClose} />
    </Modal>
  );
}

/** Lives while the dialog is open, so that each opening starts with choosing a file. */
function Wizard({ onClose }: { onClose: () => void }) {
  const { text, formats } = usePreferences();
  const { importing } = text.sites;
  const [csv, setCsv] = useState("");
  const [report, setReport] = useState<SiteImportReport | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const write = useSiteWrite(
    ({ body, query }: { body: string; query: string }) =>
      sendJson(`/api/v1/sites/import?${query}`, { method: "POST", body }, SiteImportReport),
    {
      onDone: (answer) => {
        setReport(answer);
        setRefusal(null);
        if (!answer.dryRun) say(importing.imported(formats.number(answer.counts.added + answer.counts.changed)));
      },
      onRefused: (error) => {
        setRefusal(refusalWords(error, text));
        return true;
      },
    },
  );
  const startAgain = () => {
    setReport(null);
    setRefusal(null);
  };
  const look = (body: string) => {
    setCsv(body);
    write.mutate({ body, query: "dryRun=true" });
  };
  return (
    <div className="sites-form">
      {refusal && (
        <p className="small tone-critical" role="alert">
          {refusal}
        </p>
      )}
      {report === null ? (
        <ChooseFile onFile={look} onTooLarge={() => setRefusal(importing.tooLarge)} isReading={write.isPending} />
      ) : (
        <Report
          report={report}
          isWriting={write.isPending}
          onConfirm={() =>
            write.mutate({ body: csv, query: new URLSearchParams({ fingerprint: report.fingerprint }).toString() })
          }
          onBack={startAgain}
          onClose={onClose}
        />
      )}
    </div>
  );
}

type ChooseFileProps = { onFile: (text: string) => void; onTooLarge: () => void; isReading: boolean };

function ChooseFile({ onFile, onTooLarge, isReading }: ChooseFileProps) {
  const { importing } = usePreferences().text.sites;
  const [file, setFile] = useState<File | null>(null);
  const read = async () => {
    if (!file) return;
    if (file.size > SITE_FILE_BYTES_MAX) onTooLarge();
    else onFile(await file.text());
  };
  return (
    <>
      <p className="small dim">{importing.body}</p>
      <FileInput
        size="xs"
        label={importing.choose}
        placeholder={importing.choosePlaceholder}
        accept="text/csv,.csv"
        value={file}
        onChange={setFile}
      />
      <div className="sites-actions">
        <Button variant="filled" disabled={!file} loading={isReading} onClick={() => void read()}>
          {importing.look}
        </Button>
      </div>
    </>
  );
}

type ReportProps = {
  report: SiteImportReport;
  isWriting: boolean;
  onConfirm: () => void;
  onBack: () => void;
  onClose: () => void;
};

function Report({ report, isWriting, onConfirm, onBack, onClose }: ReportProps) {
  const { text, formats } = usePreferences();
  const { importing } = text.sites;
  const { counts, lines, dryRun } = report;
  const [only, setOnly] = useState<SiteImportLine["outcome"] | "all">(counts.refused > 0 ? "refused" : "all");
  const moving = counts.added + counts.changed;
  const shown = only === "all" ? lines : lines.filter(({ outcome }) => outcome === only);
  return (
    <>
      <p className="small" role="status">
        {dryRun ? importing.report : importing.done}
      </p>
      <SegmentedControl
        size="xs"
        aria-label={importing.linesLabel}
        value={only}
        onChange={(value) => setOnly(value as typeof only)}
        data={[
          { value: "all", label: importing.counts(importing.all, formats.number(lines.length)) },
          ...OUTCOMES.map((value) => ({
            value,
            label: importing.counts(importing.outcomes[value], formats.number(counts[value])),
          })),
        ]}
      />
      <div className="sites-report">
        <VirtualTable
          label={importing.linesLabel}
          head={Object.values(importing.columns)}
          rows={shown}
          rowHeight={ROW_HEIGHT}
          keyOf={({ line }) => String(line)}
          cells={(line) => <LineCells line={line} />}
        />
      </div>
      {dryRun ? (
        <div className="sites-actions">
          <Button variant="filled" disabled={moving === 0} loading={isWriting} onClick={onConfirm}>
            {importing.confirm(formats.number(moving))}
          </Button>
          <Button onClick={onBack}>{importing.back}</Button>
          <span className="small faint">
            {moving === 0
              ? importing.nothing
              : counts.refused > 0 && importing.confirmRefused(formats.number(counts.refused))}
          </span>
        </div>
      ) : (
        <div className="sites-actions">
          <Button variant="filled" onClick={onClose}>
            {importing.finish}
          </Button>
        </div>
      )}
    </>
  );
}

function LineCells({ line }: { line: SiteImportLine }) {
  const { text, formats } = usePreferences();
  const { importing } = text.sites;
  const reasons = line.errors.map(({ column, message }) => importing.error(column, message));
  const changes = line.changes.map(({ column, before, after }) =>
    before === null
      ? importing.set(column, after ?? text.missing)
      : importing.change(column, before, after ?? text.missing),
  );
  const told = [...reasons, ...changes].join(" · ");
  return (
    <>
      <td className="num">{formats.number(line.line)}</td>
      <td className="mono clip">{line.siteId ?? text.missing}</td>
      <td>
        <Status level={LEVEL[line.outcome]} word={importing.outcomes[line.outcome]} />
      </td>
      <td className="clip" title={told}>
        {told}
      </td>
    </>
  );
}
