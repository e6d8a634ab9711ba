"use client";

import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { Blank } from "@/components/ui/blank.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Status } from "@/components/ui/status.tsx";
import type { Person } from "@/server/contracts/person.ts";
import { InvitePerson } from "./invite-person.tsx";
import { ListStates } from "./list-states.tsx";
import { PersonDetail } from "./person-detail.tsx";
import { PERSON_LEVEL } from "./person-level.ts";
import { ProviderSetting } from "./provider-setting.tsx";
import { SettingsFrame } from "./settings-frame.tsx";
import { peopleQuery } from "./settings-queries.ts";
import { useAddress } from "./use-address.ts";

/** Who may sign in: list, search, invitation, and the detail of one. The search and the choice are in the address. */
export function People() {
  const { text, formats } = usePreferences();
  const { people } = text.settings;
  const [{ q, id }, change] = useAddress({ q: "", id: "" });
  const [isInviting, setInviting] = useState(false);
  const [isProviderOpen, setProviderOpen] = useState(false);
  const [settled] = useDebouncedValue(q, 150);
  const query = useInfiniteQuery(peopleQuery(settled));
  const shown = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const chosen = shown.find((person) => person.id === id);
  useShortcut("search", () => document.getElementById("people-search")?.focus());
  useShortcut("close", () => change({ id: "" }));

  return (
    <SettingsFrame
      tab="people"
      tools={
        <>
          <TextInput
            id="people-search"
            aria-label={people.find}
            placeholder={people.find}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={q}
            onChange={(event) => change({ q: event.currentTarget.value })}
          />
          <span className="small faint">{query.isSuccess && people.count(formats.number(shown.length))}</span>
          <Button onClick={() => setProviderOpen(true)}>{text.settings.provider.open}</Button>
          <Button variant="filled" onClick={() => setInviting(true)}>
            {people.invite}
          </Button>
        </>
      }
      detail={chosen && <PersonDetail key={chosen.id} person={chosen} onClose={() => change({ id: "" })} />}
    >
      <ListStates query={query}>
        {shown.length === 0 ? (
          <Blank icon={<IconSearch size={24} aria-hidden="true" />} title={people.empty} body="">
            <Button onClick={() => change({ q: "" })}>{people.clear}</Button>
          </Blank>
        ) : (
          <PeopleTable people={shown} chosenId={id} onChoose={(next) => change({ id: next })} />
        )}
      </ListStates>
      <ProviderSetting opened={isProviderOpen} onClose={() => setProviderOpen(false)} />
      <InvitePerson opened={isInviting} onClose={() => setInviting(false)} />
    </SettingsFrame>
  );
}

type PeopleTableProps = { people: readonly Person[]; chosenId: string; onChoose: (id: string) => void };

function PeopleTable({ people, chosenId, onChoose }: PeopleTableProps) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { columns, status, browsers } = text.settings.people;
  return (
    <table className="table settings-table">
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.role}</th>
          <th scope="col">{columns.status}</th>
          <th scope="col" className="wide">
            {columns.sessions}
          </th>
          <th scope="col" className="wide">
            {columns.seen}
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id} aria-selected={person.id === chosenId} onClick={() => onChoose(person.id)}>
            <td>
              <button type="button" className="row-button" aria-current={person.id === chosenId || undefined}>
                <span className="strong">{person.name}</span>
                <br />
                <span className="faint">{person.email}</span>
              </button>
            </td>
            <td>{text.shell.roles[person.role]}</td>
            <td>
              <Status level={PERSON_LEVEL[person.status]} word={status[person.status]} quiet />
            </td>
            <td className="wide">{person.sessions > 0 ? browsers(formats.number(person.sessions)) : text.missing}</td>
            <td className="wide faint">
              {person.lastSeenAt ? formats.time(person.lastSeenAt, nowMs) : text.settings.never}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
