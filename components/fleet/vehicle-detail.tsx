"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconFocusCentered, IconLink, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMoment } from "@/components/map/moment.ts";
import { usePause } from "@/components/shell/pause.tsx";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { vehicleLevel } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { ProblemState } from "@/components/ui/problem-state.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Source } from "@/components/ui/source.tsx";
import type { Site } from "@/server/contracts/site.ts";
import type { TrackPoint, Vehicle } from "@/server/contracts/vehicle.ts";
import { DetailSkeleton } from "./fleet-skeleton.tsx";
import { MeasuresTable } from "./measures-table.tsx";
import { Readings } from "./readings.tsx";
import { TrackFacts } from "./track-facts.tsx";
import { TripSection } from "./trip-section.tsx";
import { VehicleAnswer } from "./vehicle-answer.tsx";
import { VehicleProfileSection } from "./vehicle-profile.tsx";
import { vehicleQuery } from "./vehicle-queries.ts";

const REFRESH_MS = 2_000;
const RETRY_MS = 10_000;

type VehicleDetailProps = {
  id: string;
  sites: readonly Site[];
  track: readonly TrackPoint[] | undefined;
  trackFailed: boolean;
  onClose(): void;
  onShowOnMap(vehicle: Vehicle): void;
};

/** Everything about one vehicle, the answer first. */
export function VehicleDetail({ id, sites, track, trackFailed, onClose, onShowOnMap }: VehicleDetailProps) {
  const { text, formats } = usePreferences();
  const { pausedSinceMs } = usePause();
  const nowMs = useServerNow();
  const { at } = useMoment();
  const {
    data: vehicle,
    error,
    refetch,
  } = useQuery({
    ...vehicleQuery(id, at),
    // What could not be answered is asked again, but not as if it were about to change.
    refetchInterval: ({ state }) =>
      pausedSinceMs !== null || at !== null ? false : state.error ? RETRY_MS : REFRESH_MS,
  });
  return (
    <section className="panel list-page-detail fleet-detail" aria-label={text.detail.label(id)}>
      <div className="panel-head">
        {vehicle && <LevelMark level={vehicleLevel(vehicle)} size={14} />}
        <h2 className="title grow clip">{id}</h2>
        {vehicle?.position && (
          <Tooltip label={text.detail.follow}>
            <ActionIcon aria-label={text.detail.follow} onClick={() => onShowOnMap(vehicle)}>
              <IconFocusCentered size={16} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        )}
        <CopyLink />
        <ActionIcon aria-label={text.detail.close} onClick={onClose}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="scroll" tabIndex={0}>
        {vehicle ? (
          <>
            <VehicleAnswer vehicle={vehicle} sites={sites} nowMs={nowMs} />
            <VehicleProfileSection vehicle={vehicle} isPast={at !== null} />
            <TripSection vehicle={vehicle} sites={sites} nowMs={nowMs} />
            <Readings vehicle={vehicle} />
            <TrackFacts points={track} failed={trackFailed} nowMs={nowMs} />
            <Section title={text.detail.record} aside={formats.time(vehicle.record.timestamp, nowMs)}>
              <Source {...vehicle.record} />
            </Section>
            <MeasuresTable vehicle={vehicle} nowMs={nowMs} />
          </>
        ) : error ? (
          <DetailFailure id={id} error={error} onRetry={() => void refetch()} />
        ) : (
          <DetailSkeleton />
        )}
      </div>
    </section>
  );
}

function CopyLink() {
  const { detail } = usePreferences().text;
  const copy = async () => {
    const message = await navigator.clipboard.writeText(window.location.href).then(
      () => detail.copied,
      () => detail.copyFailed,
    );
    notifications.show({ message, role: "status", autoClose: 3_000 });
  };
  return (
    <Tooltip label={detail.copyLink}>
      <ActionIcon aria-label={detail.copyLink} onClick={copy}>
        <IconLink size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

function DetailFailure({ id, error, onRetry }: { id: string; error: Error; onRetry: () => void }) {
  const { text } = usePreferences();
  const unknown = error instanceof ApiFailure && error.status === 404;
  if (unknown) return <ProblemState title={text.detail.notFound(id)} reason={text.detail.notFoundBody} stillWorks="" />;
  return (
    <ProblemState
      title={text.detail.failed}
      reason={failureWords(error, text)}
      stillWorks={text.errors.listStillWorks}
      reference={error instanceof ApiFailure ? error.reference : undefined}
      onRetry={onRetry}
    />
  );
}
