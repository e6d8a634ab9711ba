"use client";

import { ActionIcon, Button, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { Facts } from "@/components/ui/facts.tsx";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Status } from "@/components/ui/status.tsx";
import { Person } from "@/server/contracts/person.ts";
import type { Role } from "@/server/contracts/role.ts";
import { BlockPerson } from "./block-person.tsx";
import { PERSON_LEVEL } from "./person-level.ts";
import { PersonSessions } from "./person-sessions.tsx";
import { ResetPerson } from "./reset-person.tsx";
import { roleOptions } from "./role-options.ts";
import { say, useWrite } from "./use-write.ts";

/** One person: what they may do, where they are signed in, and what can be done about it. */
export function PersonDetail({ person, onClose }: { person: Person; onClose: () => void }) {
  const { text, formats } = usePreferences();
  const { people, close } = text.settings;
  const nowMs = useServerNow();
  return (
    <>
      <div className="panel-head">
        <h2 className="title grow clip">{person.name}</h2>
        <ActionIcon aria-label={close} onClick={onClose}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      <div className="section">
        <Facts
          rows={[
            [people.email, person.email],
            [
              people.columns.status,
              <Status key="status" level={PERSON_LEVEL[person.status]} word={people.status[person.status]} quiet />,
            ],
            ...(person.reason ? ([[people.reason, person.reason]] as const) : []),
            [people.created, formats.time(person.createdAt, nowMs)],
            ...(person.expiresAt ? ([[people.expires, formats.time(person.expiresAt, nowMs)]] as const) : []),
          ]}
        />
      </div>
      {person.status === "invited" ? <InvitedActions person={person} onClose={onClose} /> : <Account person={person} />}
    </>
  );
}

function Account({ person }: { person: Person }) {
  const { text } = usePreferences();
  const { people } = text.settings;
  const [dialog, setDialog] = useState<"none" | "block" | "reset">("none");
  const address = `/api/v1/people/${person.id}`;
  const write = (verb: string, body: object) =>
    sendJson(`${address}/${verb}`, { method: "POST", body: { version: person.version, ...body } }, Person);
  const setRole = useWrite((role: Role) => write("role", { role }), {
    refresh: "people",
    onDone: ({ name }, role) => say(people.roleChanged(name, text.shell.roles[role])),
  });
  const unblock = useWrite(() => write("unblock", {}), {
    refresh: "people",
    onDone: ({ name }) => say(people.unblocked(name)),
  });
  return (
    <>
      <div className="section">
        <Select
          label={people.role}
          data={roleOptions(text)}
          value={person.role}
          allowDeselect={false}
          disabled={setRole.isPending}
          onChange={(role) => role && role !== person.role && setRole.mutate(role as Role)}
        />
        <div className="settings-actions">
          <Button onClick={() => setDialog("reset")}>{people.reset}</Button>
          {person.status === "blocked" ? (
            <Button loading={unblock.isPending} onClick={() => unblock.mutate(undefined)}>
              {people.unblock}
            </Button>
          ) : (
            <Button onClick={() => setDialog("block")}>{people.block}</Button>
          )}
        </div>
      </div>
      <PersonSessions person={person} />
      <BlockPerson person={person} opened={dialog === "block"} onClose={() => setDialog("none")} />
      <ResetPerson person={person} opened={dialog === "reset"} onClose={() => setDialog("none")} />
    </>
  );
}

function InvitedActions({ person, onClose }: { person: Person; onClose: () => void }) {
  const { text } = usePreferences();
  const { people } = text.settings;
  const revoke = useWrite(() => sendJson(`/api/v1/invitations/${person.id}/revoke`, { method: "POST" }, Person), {
    refresh: "people",
    onDone: ({ email }) => {
      say(people.revoked(email));
      onClose();
    },
  });
  return (
    <Section title={people.status.invited}>
      <Button loading={revoke.isPending} onClick={() => revoke.mutate(undefined)}>
        {people.revoke}
      </Button>
    </Section>
  );
}
