"use client";

import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { type Person, PersonLink } from "@/server/contracts/person.ts";
import { Secret } from "./secret.tsx";
import { useWrite } from "./use-write.ts";

type ResetPersonProps = { person: Person; opened: boolean; onClose: () => void };

/** Makes the link for a new password, and shows it. */
export function ResetPerson({ person, opened, onClose }: ResetPersonProps) {
  const { settings } = useText();
  const { people } = settings;
  const [link, setLink] = useState<PersonLink | null>(null);
  const reset = useWrite(
    () =>
      sendJson(`/api/v1/people/${person.id}/reset`, { method: "POST", body: { version: person.version } }, PersonLink),
    { refresh: "people", onDone: setLink },
  );
  const close = () => {
    setLink(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={link ? people.linkTitle(person.email) : people.resetTitle(person.name)}
      closeButtonProps={{ "aria-label": settings.close }}
    >
      <p className="small dim">{link ? people.linkBody : people.resetBody}</p>
      {link ? (
        <Secret label={people.link} value={link.url} onDone={close} />
      ) : (
        <Button variant="filled" loading={reset.isPending} onClick={() => reset.mutate(undefined)}>
          {people.resetGo}
        </Button>
      )}
    </Modal>
  );
}
