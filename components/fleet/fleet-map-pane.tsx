"use client";

import { useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { MapBounds, MapReveal, MapView } from "@/components/map/fleet-map-props.ts";
import { MapBoundary } from "@/components/map/map-boundary.tsx";
import { useMoment } from "@/components/map/moment.ts";
import { PastBanner, TimeSlider } from "@/components/map/time-slider.tsx";
import { LinkBanner } from "@/components/shell/link-banner.tsx";
import { usePause } from "@/components/shell/pause.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Site } from "@/server/contracts/site.ts";
import type { TrackPoint } from "@/server/contracts/vehicle.ts";
import { FIRST_VIEW, type FleetView } from "./fleet-view.ts";
import { hasPlace } from "./geography.ts";
import { LevelFilter } from "./level-filter.tsx";

import { noteWords } from "./vehicle-answer.tsx";
import { vehicleQuery } from "./vehicle-queries.ts";

// The map is the heaviest part of the page and needs a browser: list and shell do not wait for it.
const FleetMap = dynamic(() => import("@/components/map/fleet-map.tsx").then((module) => module.FleetMap), {
  ssr: false,
});

type FleetMapPaneProps = {
  view: FleetView;
  onChange(part: Partial<FleetView>): void;
  onBounds(bounds: MapBounds): void;
  onCount(count: number): void;
  /** What the map was last asked to bring into view. */
  reveal: MapReveal | null;
  onReveal(place: MapReveal): void;
  sites: readonly Site[];
  track: readonly TrackPoint[] | undefined;
  stale: boolean;
};

/** The map with what lies over it. Its view goes to the address when it rests, and follows the address otherwise. */
export function FleetMapPane(props: FleetMapPaneProps) {
  const { view, onChange, onBounds, onCount, reveal, onReveal, sites, track, stale } = props;
  const { text, formats } = usePreferences();
  const { pausedSinceMs } = usePause();
  const scheme = useComputedColorScheme("dark", { getInitialValueInEffect: false });
  const { at, atMs } = useMoment();
  const { data: vehicle } = useQuery({ ...vehicleQuery(view.vehicle ?? "", at), enabled: false });
  const selected = view.vehicle === null ? null : (vehicle ?? null);
  const { target, reportView } = useMapTarget({ view, onChange, onBounds });
  useOpenedRevealed(view, selected?.position ?? null, onReveal);
  const select = useCallback((id: string | null) => onChange({ vehicle: id }), [onChange]);
  const placedSites = useMemo(() => sites.filter(hasPlace), [sites]);
  return (
    <div className="list-page-map fleet-map">
      <MapBoundary>
        <FleetMap
          scheme={scheme}
          selectedId={view.vehicle}
          onSelect={select}
          view={target}
          reveal={reveal}
          onCount={onCount}
          onViewChange={reportView}
          paused={pausedSinceMs !== null && at === null}
          stale={stale}
          sites={placedSites}
          {...(track && { track })}
          selectedPosition={selected?.position ?? null}
          {...(selected && { selectedNote: noteWords(selected, atMs ?? Date.now(), formats, text) })}
        />
      </MapBoundary>
      <div className="fleet-over">
        <div className="fleet-banner">
          <LinkBanner />
          <PastBanner />
        </div>
        <LevelFilter view={view} onChange={onChange} />
      </div>
      <div className="time-foot">
        <TimeSlider />
      </div>
    </div>
  );
}

/** Where the map is sent by the address, when that names another place than the map itself reported. */
function useMapTarget({ view, onChange, onBounds }: Pick<FleetMapPaneProps, "view" | "onChange" | "onBounds">) {
  const [target, setTarget] = useState<MapView>(view.map ?? FIRST_VIEW);
  const reported = useRef({ address: addressOf(view.map), first: true });

  const reportView = useCallback(
    ({ center, zoom, bounds: shown }: MapView & { bounds: MapBounds }) => {
      const address = addressOf({ center, zoom });
      // What the map shows by itself at first is the usual view, and a map that only grew has not been moved.
      const moved = !reported.current.first && address !== reported.current.address;
      reported.current = { address, first: false };
      onBounds(shown);
      if (moved) onChange({ map: { center, zoom } });
    },
    [onBounds, onChange],
  );

  const address = addressOf(view.map);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address stands for the view it names
  useEffect(() => {
    if (address === reported.current.address) return;
    reported.current.address = address;
    setTarget(view.map ?? FIRST_VIEW);
  }, [address]);

  return { target, reportView };
}

type Position = { latitude: number; longitude: number };

/** Asks once for each vehicle that is opened, wherever it was chosen, that the map brings it into view. */
function useOpenedRevealed(view: FleetView, position: Position | null, onReveal: (place: MapReveal) => void): void {
  // A link that names a place shows that place, whatever vehicle it names beside it.
  const visited = useRef(view.map ? view.vehicle : null);
  useEffect(() => {
    if (view.vehicle === null) visited.current = null;
    if (view.vehicle === null || visited.current === view.vehicle || !position) return;
    visited.current = view.vehicle;
    onReveal({ latitude: position.latitude, longitude: position.longitude });
  }, [view.vehicle, position, onReveal]);
}

/** As precise as the address writes it, so that a view that went through the address is not taken for another. */
function addressOf(view: MapView | null): string {
  return view ? [view.center[0].toFixed(4), view.center[1].toFixed(4), view.zoom.toFixed(2)].join() : "";
}
