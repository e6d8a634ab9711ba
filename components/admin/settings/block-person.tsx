"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { Person } from "@/server/contracts/person.ts";
import { say, useWrite } from "./use-write.ts";

type BlockPersonProps = { person: Person; opened: boolean; onClose: () => void };

/** Asks why before somebody is shut out. */
export function BlockPerson({ person, opened, onClose }: BlockPersonProps) {
  const { settings } = useText();
  const { people } = settings;
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const block = useWrite(
    () =>
      sendJson(
        `/api/v1/people/${person.id}/block`,
        { method: "POST", body: { version: person.version, reason: reason.trim() } },
        Person,
      ),
    {
      refresh: "people",
      onDone: ({ name }) => {
        say(people.blocked(name));
        onClose();
      },
    },
  );
  const submit = () => {
    setMissing(reason.trim() === "");
    if (reason.trim() !== "") block.mutate(undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={people.blockTitle(person.name)}
      closeButtonProps={{ "aria-label": settings.close }}
    >
      <form
        className="settings-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="small dim">{people.blockBody}</p>
        <TextInput
          label={people.reason}
          maxLength={500}
          data-autofocus
          value={reason}
          error={isMissing ? people.reasonMissing : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" loading={block.isPending}>
          {people.block}
        </Button>
      </form>
    </Modal>
  );
}
