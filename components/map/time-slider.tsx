"use client";

import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronLeft, IconChevronRight, IconHistory, IconLink } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useNow } from "@/components/live/use-now.ts";
import { useAnnounce } from "@/components/shell/announcer.tsx";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { useMoment } from "./moment.ts";
import { DAY_MS, momentOf, STEPS, stepOf, windowOf } from "./time-steps.ts";
import { usePastPicture } from "./use-past-picture.ts";
import "./time-slider.css";

/** A handle that is dragged passes many moments; only where it rests is asked for. */
const RESTS_MS = 250;
const MINUTE_MS = 60_000;

/** The bar over a map that says which moment is shown, and sets it; and the sign that it is not the present. */
export function TimeSlider() {
  const { text, formats } = usePreferences();
  const { moment: words } = text;
  const { atMs, change } = useMoment();
  const nowMs = useNow(MINUTE_MS);
  const span = windowOf(atMs, nowMs);
  const [step, setStep] = useRestingStep(stepOf(atMs, span), (rested) => change(momentOf(rested, span)));
  const shownMs = momentOf(step, span);
  const momentWords = shownMs === null ? words.now : formats.moment(shownMs);
  useAnnounced(atMs);
  return (
    <section className="overlay time-bar" aria-label={words.label} data-past={atMs !== null || undefined}>
      <Tooltip label={words.earlier}>
        <ActionIcon aria-label={words.earlier} onClick={() => change((atMs ?? span.endMs) - DAY_MS)}>
          <IconChevronLeft size={14} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <input
        type="range"
        className="grow"
        aria-label={words.slider}
        aria-valuetext={momentWords}
        min={0}
        max={STEPS}
        value={step}
        onChange={({ currentTarget }) => setStep(Number(currentTarget.value))}
      />
      {atMs !== null && (
        <Tooltip label={words.later}>
          <ActionIcon aria-label={words.later} onClick={() => change(atMs + DAY_MS > nowMs ? null : atMs + DAY_MS)}>
            <IconChevronRight size={14} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      )}
      <b className="small nowrap time-shown">{momentWords}</b>
      {atMs !== null && (
        <Button variant="filled" onClick={() => change(null)}>
          {words.backToNow}
        </Button>
      )}
    </section>
  );
}

/** Says over the map that it shows the past, and leads back. */
export function PastBanner() {
  const { text, formats } = usePreferences();
  const { moment: words } = text;
  const { atMs } = useMoment();
  const { isLoading, error, retry } = usePastPicture();
  if (atMs === null) return null;
  return (
    <section className="banner time-banner" data-tone="past">
      <IconHistory size={18} className="tone-accent" aria-hidden="true" />
      <div className="grow">
        <b>{words.past(formats.moment(atMs))}</b> <span className="dim">{note()}</span>
      </div>
      {error && !isRefused(error) ? (
        <Button onClick={retry}>{text.errors.tryAgain}</Button>
      ) : (
        <Button leftSection={<IconLink size={14} aria-hidden="true" />} onClick={copyAddress}>
          {text.detail.copyLink}
        </Button>
      )}
    </section>
  );

  async function copyAddress(): Promise<void> {
    const message = await navigator.clipboard.writeText(window.location.href).then(
      () => text.detail.copied,
      () => text.detail.copyFailed,
    );
    notifications.show({ message, role: "status", autoClose: 3_000 });
  }

  function note(): string {
    if (error) return isRefused(error) ? words.refused(whyOf(error)) : `${words.failed}. ${failureWords(error, text)}`;
    return isLoading ? words.loading : words.stands;
  }
}

const isRefused = (error: Error): error is ApiFailure => error instanceof ApiFailure && error.status === 422;
const whyOf = (error: ApiFailure): string => error.errors[0]?.message ?? error.message;

/** Follows the address, and tells where the handle has come to rest. */
function useRestingStep(given: number, rested: (step: number) => void): [number, (step: number) => void] {
  const [moved, setMoved] = useState<number | null>(null);
  const latest = useRef(rested);
  latest.current = rested;
  useEffect(() => {
    if (moved === null) return;
    const timer = setTimeout(() => {
      latest.current(moved);
      setMoved(null);
    }, RESTS_MS);
    return () => clearTimeout(timer);
  }, [moved]);
  return [moved ?? given, setMoved];
}

/** Says which moment is shown when that changes, and that it is the present again. */
function useAnnounced(atMs: number | null): void {
  const { text, formats } = usePreferences();
  const announce = useAnnounce();
  const said = useRef<number | null>(null);
  useEffect(() => {
    if (atMs === said.current) return;
    said.current = atMs;
    announce(atMs === null ? text.moment.announceNow : text.moment.announcePast(formats.moment(atMs)));
  }, [atMs, announce, text, formats]);
}
