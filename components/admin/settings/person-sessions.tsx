"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { Person } from "@/server/contracts/person.ts";
import { browserOf } from "./browser-of.ts";
import { ListStates } from "./list-states.tsx";
import { sessionsQuery } from "./settings-queries.ts";
import { say, useWrite } from "./use-write.ts";

const Ended = z.object({ ended: z.number() });

/** Where somebody is signed in, and the end of it. */
export function PersonSessions({ person }: { person: Person }) {
  const { text, formats } = usePreferences();
  const { people } = text.settings;
  const nowMs = useServerNow();
  const query = useQuery(sessionsQuery(person.id));
  const end = useWrite(
    (sessionId: string | null) =>
      sendJson(
        `/api/v1/people/${person.id}/sessions/end`,
        { method: "POST", body: sessionId === null ? {} : { sessionId } },
        Ended,
      ),
    { refresh: "people", onDone: ({ ended }) => say(people.ended(formats.number(ended))) },
  );
  const sessions = query.data?.items ?? [];
  return (
    <Section title={people.sessions}>
      <ListStates query={query}>
        {sessions.length === 0 && <p className="small faint">{people.noSessions}</p>}
        {sessions.map(({ id, browser, address, createdAt }) => (
          <div key={id} className="settings-session">
            <span>
              {people.browser(browserOf(browser))}
              <br />
              <span className="faint">
                {address ?? text.missing} · {people.since(formats.time(createdAt, nowMs))}
              </span>
            </span>
            <Button disabled={end.isPending} onClick={() => end.mutate(id)}>
              {people.endSession}
            </Button>
          </div>
        ))}
        {sessions.length > 1 && (
          <div className="settings-actions">
            <Button disabled={end.isPending} onClick={() => end.mutate(null)}>
              {people.endAll}
            </Button>
          </div>
        )}
      </ListStates>
    </Section>
  );
}
