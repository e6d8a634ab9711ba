"use client";

import { ActionIcon, Button, Drawer, Indicator } from "@mantine/core";
import { IconNotes } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { NoteItem } from "./note-item.tsx";
import { notesQuery } from "./note-queries.ts";
import { WriteNote } from "./write-note.tsx";

const NEW_MS = 12 * 3_600_000;

/** What the shifts tell each other: a button with a dot while there is news of others, and a drawer with the notes. */
export function Handover() {
  const { text } = usePreferences();
  const { handover } = text.work;
  const nowMs = useServerNow();
  const [isOpen, setOpen] = useState(false);
  const query = useInfiniteQuery(notesQuery());
  const notes = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const newest = notes[0];
  const hasNews = newest !== undefined && !newest.isOwn && nowMs - Date.parse(newest.createdAt) < NEW_MS;
  return (
    <>
      <Indicator disabled={!hasNews} size={8} offset={6} color="var(--wh-accent)">
        <ActionIcon aria-label={handover.open} onClick={() => setOpen(true)}>
          <IconNotes size={18} aria-hidden="true" />
        </ActionIcon>
      </Indicator>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="right"
        size={420}
        title={handover.title}
        closeButtonProps={{ "aria-label": handover.close }}
      >
        <WriteNote />
        <h3 className="heading handover-earlier">{handover.newest}</h3>
        {query.isError && <p role="alert">{handover.failed}</p>}
        {query.isSuccess && notes.length === 0 && <p className="small faint">{handover.none}</p>}
        {notes.map((note) => (
          <NoteItem key={note.id} note={note} onFollow={() => setOpen(false)} />
        ))}
        {query.hasNextPage && (
          <Button loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {handover.more}
          </Button>
        )}
      </Drawer>
    </>
  );
}
