"use client";

import { Button } from "@mantine/core";
import { IconCircleCheck, IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { LiveState } from "@/components/live/live-state.ts";
import { useLive } from "@/components/live/use-live.ts";
import { useNow } from "@/components/live/use-now.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { FeedStatus } from "@/server/contracts/socket.ts";
import { useAnnounce } from "./announcer.tsx";
import { feedName } from "./feed-words.ts";
import { type LaneTrouble, laneTrouble, silentPositions } from "./tower-state.ts";

/** How long the return of the link is said. */
const BACK_SHOWN_MS = 5_000;
const HOUR_MS = 3_600_000;

/** Says at the top of a page that what it shows is old, since when, and when it will be tried again; then that it is back. */
export function LinkBanner() {
  const live = useLive();
  const { text, formats } = usePreferences();
  const awayMs = useReturnedAfter(live);
  const trouble = laneTrouble(live);
  if (live.link === "lost") return <LostBanner live={live} onRetry={live.retryNow} />;
  if (trouble) return <LaneBanner trouble={trouble} />;
  const silent = silentPositions(live);
  if (silent && live.pulse) return <SilentBanner feed={silent} serverMs={live.pulse.serverMs} />;
  if (awayMs === null) return null;
  return (
    <Banner tone="good" icon={<IconCircleCheck size={18} className="tone-good" aria-hidden="true" />}>
      {text.link.back(formats.duration(awayMs))}
    </Banner>
  );
}

function LostBanner({ live, onRetry }: { live: LiveState; onRetry: () => void }) {
  const { text, formats } = usePreferences();
  const browserMs = useNow();
  const { lostSinceMs, nextTryMs, pulse } = live;
  const waitS = nextTryMs === null ? 0 : Math.ceil((nextTryMs - browserMs) / 1000);
  return (
    <Banner
      tone="high"
      icon={<IconPlugConnectedX size={18} className="tone-high" aria-hidden="true" />}
      action={
        <Button leftSection={<IconRefresh size={14} aria-hidden="true" />} onClick={onRetry}>
          {text.link.tryNow}
        </Button>
      }
    >
      <b>{text.link.lost(formats.duration(browserMs - (lostSinceMs ?? browserMs)))}</b>{" "}
      <span className="dim">
        {pulse ? text.link.asOf(formats.timeOfDay(pulse.serverMs)) : text.link.never}{" "}
        {waitS > 0 ? text.link.retryIn(formats.duration(waitS * 1000)) : text.link.retrying}
      </span>
    </Banner>
  );
}

function LaneBanner({ trouble }: { trouble: LaneTrouble }) {
  const { text } = usePreferences();
  const reason = trouble.reason ?? text.link.unknownReason;
  const words = {
    paused: text.link.lanePaused(reason),
    stopped: text.link.laneStopped(reason),
    quiet: text.link.laneQuiet,
  };
  return (
    <Banner tone="high" icon={<IconPlugConnectedX size={18} className="tone-high" aria-hidden="true" />}>
      <b>{words[trouble.kind]}</b>
    </Banner>
  );
}

/** The tower answers, but the source of the positions does not: the link is live and the picture is not. */
function SilentBanner({ feed, serverMs }: { feed: FeedStatus; serverMs: number }) {
  const { text, formats } = usePreferences();
  const announce = useAnnounce();
  const name = feedName(feed.name, text);
  const sinceMs = serverMs - (feed.ageMs ?? 0);
  const asOf = (feed.ageMs ?? 0) < HOUR_MS ? formats.timeOfDay(sinceMs) : formats.time(sinceMs, serverMs);
  useEffect(() => announce(text.link.announceSilent(name)), [announce, text, name]);
  return (
    <Banner tone="high" icon={<IconPlugConnectedX size={18} className="tone-high" aria-hidden="true" />}>
      <b>{text.link.sourceSilent(name, formats.duration(feed.ageMs))}</b>{" "}
      <span className="dim">
        {text.link.asOf(asOf)} {text.link.sourceReturns}
      </span>
    </Banner>
  );
}

type BannerProps = { tone: "high" | "good"; icon: ReactNode; children: ReactNode; action?: ReactNode };

function Banner({ tone, icon, children, action }: BannerProps) {
  return (
    <section className="banner" data-tone={tone}>
      {icon}
      <div className="grow">{children}</div>
      {action}
    </section>
  );
}

/** How long the link was away, for a while after it came back; else `null`. Losing and regaining it is announced once. */
function useReturnedAfter({ link, lostSinceMs }: LiveState): number | null {
  const { text } = usePreferences();
  const announce = useAnnounce();
  const lostSince = useRef<number | null>(null);
  const queries = useQueryClient();
  const [awayMs, setAwayMs] = useState<number | null>(null);
  useEffect(() => {
    if (link === "lost") {
      if (lostSince.current === null) announce(text.link.announceLost);
      lostSince.current = lostSinceMs ?? Date.now();
      setAwayMs(null);
    } else if (link === "live" && lostSince.current !== null) {
      setAwayMs(Date.now() - lostSince.current);
      lostSince.current = null;
      announce(text.link.announceBack);
      // What failed or grew old meanwhile is asked again at once, not when its turn comes.
      void queries.invalidateQueries();
    }
  }, [link, lostSinceMs, announce, text, queries]);
  useEffect(() => {
    if (awayMs === null) return;
    const timer = setTimeout(() => setAwayMs(null), BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [awayMs]);
  return awayMs;
}
