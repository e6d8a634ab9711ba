"use client";

import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { DeadLetter } from "@/server/contracts/dead-letter.ts";

/** What was done about a rejected record and what came of it, the newest last. */
export function Attempts({ letter }: { letter: DeadLetter }) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { letter: words } = text.data;
  if (letter.attempts.length === 0) return null;
  return (
    <Section title={words.attempts}>
      <ol className="data-attempts small">
        {letter.attempts.map((attempt) => (
          <li key={`${attempt.time} ${attempt.action}`}>
            <span className="faint">{formats.time(attempt.time, nowMs)}</span>
            <span className={attempt.action === "rejected_again" ? "tone-watch" : undefined}>
              {words.attempt[attempt.action]}
            </span>
            <span className="dim">{attempt.actor}</span>
            {attempt.comment && <span className="faint data-comment">{attempt.comment}</span>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
