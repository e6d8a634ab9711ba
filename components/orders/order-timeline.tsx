"use client";

import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import { useLive } from "@/components/live/use-live.ts";
import { useNow } from "@/components/live/use-now.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Order } from "@/server/contracts/order.ts";
import { measureLabel } from "./measure-label.ts";
import { MilestoneButton } from "./milestone-button.tsx";
import { milestoneLabel, type WordsContext } from "./milestone-words.ts";
import { orderLevel } from "./order-level.ts";
import { LANES, type Lane, layOutTimeline, type TimelinePoint } from "./timeline-layout.ts";
import { LANE_HEIGHT, TimelineMarks } from "./timeline-marks.tsx";
import { type TimelineScale, timelineScale, zoneOffsetMs } from "./timeline-scale.ts";

const WIDTH_BEFORE_MEASURED = 1_200;
const MINUTE_MS = 60_000;

/** What each system says of an order, planned against actual, on one axis of time. The list of steps says the same. */
export function OrderTimeline({ order }: { order: Order }) {
  const { text, formats, locale } = usePreferences();
  const { ref, width: measured } = useElementSize();
  const width = measured || WIDTH_BEFORE_MEASURED;
  const nowMs = useNow(MINUTE_MS);
  const { timeline } = order;
  const context = useMemo(() => ({ text, formats, locale, nowMs }), [text, formats, locale, nowMs]);
  const scale = useMemo(
    () => timelineScale({ milestones: timeline, nowMs, width, zoneOffsetMs: zoneOffsetMs(formats.timeZone, nowMs) }),
    [timeline, nowMs, width, formats.timeZone],
  );
  const points = useMemo(
    () =>
      layOutTimeline({
        milestones: timeline,
        scale,
        width,
        words: (milestone) => milestoneLabel(milestone, context),
        measure: measureLabel,
      }),
    [timeline, scale, width, context],
  );
  const words = text.orders.timeline;
  if (timeline.length === 0) return <p className="order-nothing dim">{words.empty}</p>;
  return (
    <div className="timeline">
      <div className="timeline-body">
        <div className="timeline-lanes">
          {LANES.map((lane) => (
            <LaneName key={lane} lane={lane} />
          ))}
        </div>
        <div className="timeline-plot" ref={ref}>
          <Axis scale={scale} nowMs={nowMs} width={width} context={context} />
          <div className="timeline-drawing" style={{ height: LANES.length * LANE_HEIGHT }}>
            <TimelineMarks points={points} scale={scale} width={width} nowMs={nowMs} level={orderLevel(order.risk)} />
            <Labels points={points} order={order} />
            <ul aria-label={text.orders.steps.label}>
              {points.map((point) => (
                <MilestoneButton key={point.key} point={point} context={context} />
              ))}
            </ul>
          </div>
        </div>
      </div>
      <Foot zone={formats.zone(nowMs)} />
    </div>
  );
}

const FEED_OF_LANE: Record<Lane, string> = { salesforce: "salesforce", sap: "sap", truck: "telematics" };

/** A lane is as old as its source: its lag stands under its name. */
function LaneName({ lane }: { lane: Lane }) {
  const { text, formats } = usePreferences();
  const words = text.orders.timeline;
  const feed = useLive().pulse?.feeds.find(({ name }) => name === FEED_OF_LANE[lane]);
  const age = () => {
    if (!feed) return "";
    if (feed.ageMs === null) return words.off;
    return feed.state === "silent" ? words.silent(formats.age(feed.ageMs)) : words.lag(formats.lag(feed.ageMs));
  };
  return (
    <div style={{ height: LANE_HEIGHT }}>
      <b>{words.lanes[lane]}</b>
      <span className={`tiny ${feed?.state === "silent" ? "tone-high" : "faint"}`}>{age()}</span>
    </div>
  );
}

type AxisProps = { scale: TimelineScale; nowMs: number; width: number; context: WordsContext };

const NOW_PIXELS = 36;
const TICK_PIXELS = 44;

function Axis({ scale, nowMs, width, context }: AxisProps) {
  const now = scale.x(nowMs);
  const showsNow = now >= 0 && now <= width;
  const isFree = (x: number) =>
    x > TICK_PIXELS && x < width - TICK_PIXELS && (!showsNow || Math.abs(x - now) > NOW_PIXELS + TICK_PIXELS / 2);
  return (
    <div className="timeline-axis tiny faint" aria-hidden="true">
      {scale.ticks
        .filter((tick) => isFree(scale.x(tick)))
        .map((tick) => (
          <span key={tick} style={{ left: scale.x(tick) }}>
            {tickWords(tick, nowMs, context)}
          </span>
        ))}
      {showsNow && (
        <b className="tone-accent" style={{ left: Math.min(Math.max(now, 12), width - 12) }}>
          {context.text.orders.timeline.now}
        </b>
      )}
    </div>
  );
}

const DAY_MS = 24 * 60 * MINUTE_MS;

/** A tick names its day also when that is today: the axis reaches over several. */
function tickWords(tick: number, nowMs: number, { formats }: WordsContext): string {
  const isNear = Math.abs(tick - nowMs) < 6 * DAY_MS;
  return formats.time(tick, isNear ? tick + 2 * DAY_MS : nowMs);
}

function Labels({ points, order }: { points: readonly TimelinePoint[]; order: Order }) {
  const level = orderLevel(order.risk);
  return (
    <div aria-hidden="true">
      {points.map(({ key, lane, place, label, milestone }) => {
        if (!place) return null;
        const isAwaited = milestone.actual === null && milestone.expected !== null;
        const isLate = isAwaited && (milestone.varianceMinutes ?? 0) > 0;
        return (
          <span
            key={key}
            className="timeline-label"
            data-side={place.side}
            data-align={place.align}
            style={{
              left: place.left,
              width: place.width,
              top: LANES.indexOf(lane) * LANE_HEIGHT + LANE_HEIGHT / 2,
            }}
          >
            <b>{label.title}</b>
            {!place.isShort && <span className={isLate ? `tone-${level}` : "faint"}>{label.detail}</span>}
          </span>
        );
      })}
    </div>
  );
}

function Foot({ zone }: { zone: string }) {
  const words = usePreferences().text.orders.timeline;
  return (
    <p className="timeline-foot small faint">
      <span className="row">
        <svg width="12" height="12" aria-hidden="true">
          <circle cx="6" cy="6" r="4.2" className="mark-planned" />
        </svg>
        {words.planned}
      </span>
      <span className="row">
        <svg width="12" height="12" aria-hidden="true">
          <circle cx="6" cy="6" r="4.6" className="mark-actual" />
        </svg>
        {words.actual}
      </span>
      <span className="row">
        <svg width="26" height="12" aria-hidden="true" className="tone-accent">
          <path d="M6 6h18" stroke="currentColor" strokeWidth="5" opacity="0.4" />
          <path d="M6 1 11 6 6 11 1 6Z" fill="currentColor" />
        </svg>
        {words.expected}
      </span>
      <span className="grow" />
      <span>{words.foot(zone)}</span>
    </p>
  );
}
