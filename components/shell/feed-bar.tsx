"use client";

import type { ReactNode } from "react";
import { useLive } from "@/components/live/use-live.ts";
import { useNow } from "@/components/live/use-now.ts";
import { Kbd } from "@/components/ui/kbd.tsx";
import { feedLevel, LEVEL_TOKEN } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { FeedStatus } from "@/server/contracts/socket.ts";
import { feedName, feedWords } from "./feed-words.ts";

/** The foot of every page: how far each source is behind, how much comes in, and what was refused. */
export function FeedBar({ onHelp }: { onHelp: () => void }) {
  const { text, formats, units, change } = usePreferences();
  const { link, pulse, serverOffsetMs } = useLive();
  const nowMs = useNow() + serverOffsetMs;
  // What the last pulse said has grown older by as much as the link has been lost.
  const sinceMs = link === "lost" && pulse ? Math.max(0, nowMs - pulse.serverMs) : 0;
  const otherUnits = units === "us" ? "metric" : "us";
  return (
    <section className="feed-bar" aria-label={text.feedBar.label}>
      <span className="caption feed-rate">{text.feedBar.sourceLag}</span>
      {pulse?.feeds.map((feed) => (
        <Feed key={feed.name} feed={feed} sinceMs={sinceMs} />
      ))}
      {link === "lost" && <span className="tone-high">{text.feedBar.lost}</span>}
      <Divider />
      <span className="feed-rate">
        {text.feedBar.readings(formats.number(sinceMs ? null : pulse?.readingsPerSecond))}
      </span>
      <Divider />
      <span>{text.feedBar.rejected(formats.number(pulse?.rejectedToday))}</span>
      <span className="grow" />
      <span className="feed-spare">{text.feedBar.onScreen(formats.lag(sinceMs ? null : pulse?.eventToFrameMs))}</span>
      <Divider />
      <button
        type="button"
        className="feed-button"
        aria-label={text.feedBar.switchUnits(text.feedBar.units[otherUnits])}
        onClick={() => change({ units: otherUnits })}
      >
        {text.feedBar.units[units]}
      </button>
      <Divider />
      <button type="button" className="feed-button" onClick={onHelp} aria-label={text.shell.showShortcuts}>
        <Kbd>?</Kbd> {text.shell.shortcuts}
      </button>
    </section>
  );
}

const Divider = (): ReactNode => <span className="feed-divider" aria-hidden="true" />;

function Feed({ feed, sinceMs }: { feed: FeedStatus; sinceMs: number }) {
  const { text, formats } = usePreferences();
  // Without word from the tower nobody knows how the source is: its age grows, and no more is claimed.
  const isKnown = sinceMs === 0 && feed.ageMs !== null;
  const level = isKnown || feed.state === "off" ? feedLevel(feed.state) : "unknown";
  const loud = level === "critical" || level === "watch";
  return (
    <span className="feed" title={feed.topics.join(", ")}>
      <LevelMark level={level} size={9} />
      {feedName(feed.name, text)}{" "}
      <span className={loud ? `tone-${LEVEL_TOKEN[level]}` : "feed-age"}>
        {feedWords(
          { ...feed, state: sinceMs > 0 && feed.state !== "off" ? "current" : feed.state },
          sinceMs,
          formats,
          text,
        )}
      </span>
    </span>
  );
}
