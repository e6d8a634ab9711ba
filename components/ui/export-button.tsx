"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { ExportJob } from "@/server/contracts/export-job.ts";
import { ExportProgress } from "./export-progress.tsx";
import { failureWords } from "./failure-words.ts";
import { ApiFailure, fetchJson, sendJson } from "./fetch-json.ts";
import { usePreferences } from "./preferences.tsx";

/** What a list shows at the moment, as an export asks for it; zone and units are the person's own. */
export type ExportWish = { kind: ExportJob["kind"]; filter: object; sort?: string; columns?: string[] };

/** The filters that are set, of all that a page has. */
export const setOnly = (filter: Record<string, unknown>): object =>
  Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== null && value !== undefined && String(value) !== ""),
  );

const ASKED_EVERY_MS = 500;
/** Whatever takes longer than this shows how far it is. */
const SHOWN_AFTER_MS = 1_500;

/** A file of what the list shows: small ones come at once, large ones with progress and a way to stop them. */
export function ExportButton({ wish }: { wish: ExportWish }) {
  const { text, formats } = usePreferences();
  const words = text.exports;
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const body = { ...wish, timeZone: formats.timeZone, units: formats.units };
      const job = await follow(await sendJson("/api/v1/exports", { method: "POST", body }, ExportJob));
      if (job.status === "done") window.location.assign(`/api/v1/exports/${job.id}/file`);
      else if (job.status === "failed") say(words.failed(job.error ?? ""), true);
    } catch (error) {
      const refused = error instanceof ApiFailure && error.status >= 400 && error.status < 500;
      say(refused ? words.failed(error.message) : failureWords(error as Error, text), true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Tooltip label={words.download}>
      <ActionIcon aria-label={words.download} loading={isBusy} onClick={run}>
        <IconDownload size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

/** Asks how far it is until it has ended; what lasts is shown in a toast of its own. */
async function follow(job: ExportJob): Promise<ExportJob> {
  const startedMs = Date.now();
  let now = job;
  let isShown = false;
  while (now.status === "queued" || now.status === "running") {
    await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS));
    now = await fetchJson(`/api/v1/exports/${job.id}`, ExportJob);
    if (Date.now() - startedMs < SHOWN_AFTER_MS) continue;
    const toast = { id: job.id, autoClose: false as const, role: "status", message: <ExportProgress job={now} /> };
    if (isShown) notifications.update(toast);
    else notifications.show(toast);
    isShown = true;
  }
  if (isShown) notifications.hide(job.id);
  return now;
}

const say = (message: string, isFailure = false) =>
  notifications.show({ message, role: isFailure ? "alert" : "status", ...(isFailure && { color: "red" }) });
