"use client";

import { Button, Progress } from "@mantine/core";
import { ExportJob } from "@/server/contracts/export-job.ts";
import { sendJson } from "./fetch-json.ts";
import { usePreferences } from "./preferences.tsx";

/** How far an export is, and the end of it for whoever has changed their mind. */
export function ExportProgress({ job }: { job: ExportJob }) {
  const { text, formats } = usePreferences();
  const words = text.exports;
  const share = job.rowsTotal ? (100 * job.rows) / job.rowsTotal : null;
  const stop = () =>
    // It may have ended in this very moment: then there is nothing to stop.
    void sendJson(`/api/v1/exports/${job.id}/cancel`, { method: "POST" }, ExportJob).catch(() => undefined);
  return (
    <div className="export-progress">
      <div className="between">
        <span>
          {job.rowsTotal === null
            ? words.rows(formats.number(job.rows))
            : words.rowsOf(formats.number(job.rows), formats.number(job.rowsTotal))}
        </span>
        <Button onClick={stop}>{words.cancel}</Button>
      </div>
      <Progress value={share ?? 100} animated={share === null} aria-label={words.progress} size="sm" />
    </div>
  );
}
