"use client";

import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure, sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { SavedView } from "@/server/contracts/saved-view.ts";
import type { ViewPage } from "./view-queries.ts";

type KeepViewProps = { page: ViewPage; query: string; opened: boolean; onClose: () => void };

/** Asks under which name the filters of the moment are to be kept. */
export function KeepView({ opened, onClose, ...view }: KeepViewProps) {
  const { views } = useText().work;
  return (
    <Modal opened={opened} onClose={onClose} title={views.save} closeButtonProps={{ "aria-label": views.close }}>
      <KeepForm {...view} onKept={onClose} />
    </Modal>
  );
}

function KeepForm({ page, query, onKept }: Pick<KeepViewProps, "page" | "query"> & { onKept: () => void }) {
  const text = useText();
  const { views } = text.work;
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const keep = useMutation({
    mutationFn: () => {
      const body = { page, query, name: name.trim(), isShared };
      return sendJson("/api/v1/views", { method: "POST", body }, SavedView);
    },
    retry: false,
    onSuccess: async (view) => {
      await client.invalidateQueries({ queryKey: ["views", page] });
      notifications.show({ message: views.saved(view.name), role: "status" });
      onKept();
    },
    onError: (error) => {
      const refused = error instanceof ApiFailure && error.status === 409;
      setProblem(refused ? error.message : failureWords(error, text));
    },
  });
  return (
    <form
      className="stacked-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") setProblem(views.nameMissing);
        else keep.mutate();
      }}
    >
      <TextInput
        label={views.name}
        maxLength={60}
        data-autofocus
        value={name}
        error={problem}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Checkbox label={views.share} checked={isShared} onChange={(event) => setShared(event.currentTarget.checked)} />
      <Button type="submit" variant="filled" loading={keep.isPending}>
        {views.save}
      </Button>
    </form>
  );
}
