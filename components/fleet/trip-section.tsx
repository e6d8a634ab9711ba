"use client";

import { Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { usePause } from "@/components/shell/pause.tsx";
import { phrase } from "@/components/ui/formats.ts";
import { usePreferences, useSiteZone } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { Site } from "@/server/contracts/site.ts";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { TripLine } from "./trip-line.tsx";
import { etaQualityQuery, tripQuery } from "./trip-queries.ts";

const REFRESH_MS = 10_000;

type TripSectionProps = { vehicle: Vehicle; sites: readonly Site[]; nowMs: number };

/** The vehicle's trip as a line from stop to stop: planned, then actual or expected. */
export function TripSection({ vehicle, sites, nowMs }: TripSectionProps) {
  const { text } = usePreferences();
  const { pausedSinceMs } = usePause();
  const id = vehicle.trip?.id ?? null;
  const { data: trip, isError } = useQuery({
    ...tripQuery(id ?? ""),
    enabled: id !== null,
    refetchInterval: pausedSinceMs === null && REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const shown = trip?.id === id ? trip : undefined;
  const nextSite = vehicle.trip?.nextStop?.site;
  useSiteZone(sites.find((site) => site.id === nextSite)?.timeZone);
  const name = shown && (shown.id.startsWith("delivery:") ? text.trip.delivery : text.trip.shipment)(shown.number);
  return (
    <Section title={text.trip.title} aside={name}>
      {id === null ? (
        <p className="small faint">{text.trip.none}</p>
      ) : shown ? (
        <>
          <TripLine trip={shown} vehicle={vehicle} sites={sites} nowMs={nowMs} />
          <Quality />
        </>
      ) : isError ? (
        <p className="small tone-high">{text.trip.failed}</p>
      ) : (
        <Skeleton h={120} className="late" />
      )}
    </Section>
  );
}

/** How far these estimates can be trusted; nothing while none has been measured. */
function Quality() {
  const { text, formats } = usePreferences();
  const { data } = useQuery(etaQualityQuery());
  const { medianErrorMinutes, p90Held } = data?.overall ?? { medianErrorMinutes: null, p90Held: null };
  if (medianErrorMinutes === null || p90Held === null) return null;
  const median = formats.duration(Math.max(1, Math.round(medianErrorMinutes)) * 60_000);
  return (
    <p className="small faint trip-quality">{text.trip.quality(median, phrase(formats.percent(p90Held * 100)))}</p>
  );
}
