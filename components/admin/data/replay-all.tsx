"use client";

import { Button, Modal, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { type DeadLetterGroup, ReplayBatch } from "@/server/contracts/dead-letter.ts";
import { reasonWords } from "./reason-words.ts";

type Run = { state: "asking" | "running" | "done" | "stopped" | "failed"; sent: number; all: number };

/**
 * Sends all records of a reason through the line once more, batch by batch, with progress and a way to stop. Each batch
 * stands by itself, so that leaving at any moment loses nothing and sends nothing twice.
 */
export function ReplayAll({ group, onClose }: { group: DeadLetterGroup; onClose: () => void }) {
  const { text, formats } = usePreferences();
  const { replayAll } = text.data;
  const client = useQueryClient();
  // By the tower's clock: it decides by this moment what belongs to the run.
  const nowMs = useServerNow();
  const [run, setRun] = useState<Run>({ state: "asking", sent: 0, all: group.count });
  const isWanted = useRef(true);
  useEffect(() => {
    isWanted.current = true;
    return () => {
      isWanted.current = false;
    };
  }, []);

  async function start(): Promise<void> {
    const startedAt = new Date(nowMs).toISOString();
    const body = { reason: group.reason, topic: group.topic, startedAt };
    let sent = 0;
    setRun({ state: "running", sent, all: group.count });
    try {
      for (let remaining = group.count; remaining > 0 && isWanted.current; ) {
        const batch = await sendJson("/api/v1/dead-letters/replay", { method: "POST", body }, ReplayBatch);
        sent += batch.replayed;
        remaining = batch.remaining;
        setRun({ state: "running", sent, all: sent + remaining });
      }
      setRun({ state: isWanted.current ? "done" : "stopped", sent, all: group.count });
    } catch {
      setRun({ state: "failed", sent, all: group.count });
    }
    await client.invalidateQueries({ queryKey: ["dead-letters"] });
  }

  const { state, sent, all } = run;
  const [done, total] = [formats.number(sent), formats.number(all)];
  return (
    <Modal
      opened
      onClose={onClose}
      title={replayAll.title(reasonWords(group.reason, text))}
      closeButtonProps={{ "aria-label": text.data.close }}
    >
      <p className="small dim data-lead">{replayAll.body(formats.number(group.count), group.topic)}</p>
      {state !== "asking" && (
        <>
          <Progress value={all === 0 ? 100 : (100 * sent) / all} aria-label={replayAll.progress(done, total)} />
          <p className="small" role="status">
            {state === "running" && replayAll.progress(done, total)}
            {state === "done" && replayAll.done(done)}
            {state === "stopped" && replayAll.stopped(done)}
            {state === "failed" && replayAll.failed}
          </p>
        </>
      )}
      <div className="data-actions">
        {state === "running" ? (
          <Button
            onClick={() => {
              isWanted.current = false;
            }}
          >
            {replayAll.cancel}
          </Button>
        ) : (
          <Button onClick={onClose}>{state === "asking" ? text.data.cancel : replayAll.close}</Button>
        )}
        {state === "asking" && (
          <Button variant="filled" data-autofocus onClick={() => void start()}>
            {replayAll.start}
          </Button>
        )}
      </div>
    </Modal>
  );
}
