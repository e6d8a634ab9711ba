"use client";

import { Skeleton } from "@mantine/core";
import { Amount } from "@/components/ui/amount.tsx";
import { Facts } from "@/components/ui/facts.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { TrackPoint } from "@/server/contracts/vehicle.ts";
import { wayM } from "./geography.ts";

export const TRACK_HOURS = 4;

/** The way on the map, in words. */
export function TrackFacts({
  points,
  failed,
  nowMs,
}: {
  points: readonly TrackPoint[] | undefined;
  failed: boolean;
  nowMs: number;
}) {
  const { text, formats } = usePreferences();
  const { detail } = text;
  return (
    <Section title={detail.track} aside={detail.trackSpan(formats.number(TRACK_HOURS))}>
      {content()}
    </Section>
  );

  function content() {
    if (!points)
      return failed ? <p className="small tone-high">{detail.trackFailed}</p> : <Skeleton h={40} className="late" />;
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return <p className="small faint">{detail.trackEmpty}</p>;
    return (
      <Facts
        rows={[
          [detail.trackDistance, <Amount key="distance" quantity={formats.distance(wayM(points))} />],
          [detail.trackFrom, formats.time(first.time, nowMs)],
          [detail.trackTo, `${formats.time(last.time, nowMs)}, ${detail.trackPoints(formats.number(points.length))}`],
        ]}
      />
    );
  }
}
