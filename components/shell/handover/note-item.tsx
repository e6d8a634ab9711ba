"use client";

import { Button, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { failureWords } from "@/components/ui/failure-words.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { HandoverNote } from "@/server/contracts/handover-note.ts";

/** One note with what is pinned to it; its author may correct it. */
export function NoteItem({ note, onFollow }: { note: HandoverNote; onFollow: () => void }) {
  const { text, formats } = usePreferences();
  const { handover } = text.work;
  const nowMs = useServerNow();
  const [isEditing, setEditing] = useState(false);
  return (
    <article className="handover-note">
      <div className="between small faint">
        <span>
          {handover.by(note.author, formats.time(note.createdAt, nowMs))}
          {note.version > 1 && ` · ${handover.changed}`}
        </span>
        {note.isOwn && !isEditing && (
          <button type="button" className="link" onClick={() => setEditing(true)}>
            {handover.edit}
          </button>
        )}
      </div>
      {isEditing ? (
        <EditNote note={note} onDone={() => setEditing(false)} />
      ) : (
        <p className="handover-body">{note.body}</p>
      )}
      {note.links.map(({ path, title }) => (
        <Link key={path} href={path} className="link small" onClick={onFollow} prefetch={false}>
          {title}
        </Link>
      ))}
    </article>
  );
}

function EditNote({ note, onDone }: { note: HandoverNote; onDone: () => void }) {
  const { text } = usePreferences();
  const { handover } = text.work;
  const client = useQueryClient();
  const [body, setBody] = useState(note.body);
  const save = useMutation({
    mutationFn: () => {
      const change = { body: body.trim(), links: note.links, version: note.version };
      return sendJson(`/api/v1/handover-notes/${note.id}`, { method: "PUT", body: change }, HandoverNote);
    },
    retry: false,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["handover"] });
      notifications.show({ message: handover.saved, role: "status" });
      onDone();
    },
    onError: (error) => notifications.show({ message: failureWords(error, text), color: "red", role: "alert" }),
  });
  return (
    <div className="stacked-form">
      <Textarea
        aria-label={handover.edit}
        autosize
        minRows={3}
        maxLength={10_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <div className="row">
        <Button variant="filled" loading={save.isPending} disabled={body.trim() === ""} onClick={() => save.mutate()}>
          {handover.save}
        </Button>
        <Button onClick={onDone}>{handover.cancel}</Button>
      </div>
    </div>
  );
}
