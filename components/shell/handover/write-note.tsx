"use client";

import { Button, Checkbox, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { navAt } from "@/components/shell/nav.ts";
import { failureWords } from "@/components/ui/failure-words.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { HandoverNote } from "@/server/contracts/handover-note.ts";

/** Writes a note for the next shift, with the view that is open pinned to it if wanted. */
export function WriteNote() {
  const text = useText();
  const { handover } = text.work;
  const client = useQueryClient();
  const page = navAt(usePathname());
  const pageName = page ? text.pages[page.name] : text.product;
  const [body, setBody] = useState("");
  const [isPinned, setPinned] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: () => {
      const path = window.location.pathname + window.location.search;
      const links = isPinned ? [{ path, title: pageName }] : [];
      return sendJson("/api/v1/handover-notes", { method: "POST", body: { body: body.trim(), links } }, HandoverNote);
    },
    retry: false,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["handover"] });
      notifications.show({ message: handover.sent, role: "status" });
      setBody("");
      setPinned(false);
    },
    onError: (error) => setProblem(failureWords(error, text)),
  });
  return (
    <form
      className="stacked-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim() === "") setProblem(handover.missing);
        else send.mutate();
      }}
    >
      <Textarea
        label={handover.write}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={10_000}
        data-autofocus
        value={body}
        error={problem}
        onChange={(event) => {
          setBody(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Checkbox
        label={handover.pin(pageName)}
        checked={isPinned}
        onChange={(event) => setPinned(event.currentTarget.checked)}
      />
      <Button type="submit" variant="filled" loading={send.isPending}>
        {handover.send}
      </Button>
    </form>
  );
}
