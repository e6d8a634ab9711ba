"use client";

import { useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useRef, useState } from "react";
import type { MapBounds, MapView } from "@/components/map/fleet-map-props.ts";
import { LinkBanner } from "@/components/shell/link-banner.tsx";
import { usePause } from "@/components/shell/pause.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Site } from "@/server/contracts/site.ts";
import type { TrackPoint } from "@/server/contracts/vehicle.ts";
import { FIRST_VIEW, type FleetView, isWithin } from "./fleet-view.ts";
import { MapBoundary } from "./map-boundary.tsx";
import { answerWords } from "./vehicle-answer.tsx";
import { vehicleQuery } from "./vehicle-queries.ts";

// The map is the heaviest part of the page and needs a browser: list and shell do not wait for it.
const FleetMap = dynamic(() => import("@/components/map/fleet-map.tsx").then((module) => module.FleetMap), {
  ssr: false,
});

type FleetMapPaneProps = {
  view: FleetView;
  onChange(part: Partial<FleetView>): void;
  /** What the map shows now, once it has told. */
  bounds: MapBounds | null;
  onBounds(bounds: MapBounds): void;
  sites: readonly Site[];
  track: readonly TrackPoint[] | undefined;
  stale: boolean;
};

/** The map with what lies over it. Its view goes to the address when it rests, and follows the address otherwise. */
export function FleetMapPane({ view, onChange, bounds, onBounds, sites, track, stale }: FleetMapPaneProps) {
  const { text, formats } = usePreferences();
  const { pausedSinceMs } = usePause();
  const scheme = useComputedColorScheme("dark", { getInitialValueInEffect: false });
  const { data: vehicle } = useQuery({ ...vehicleQuery(view.vehicle ?? ""), enabled: false });
  const selected = view.vehicle === null ? null : (vehicle ?? null);
  const { target, reportView } = useMapTarget({ view, onChange, bounds, onBounds }, selected?.position ?? null);
  const select = useCallback((id: string | null) => onChange({ vehicle: id }), [onChange]);
  return (
    <div className="fleet-map">
      <MapBoundary>
        <FleetMap
          scheme={scheme}
          selectedId={view.vehicle}
          onSelect={select}
          view={target}
          onViewChange={reportView}
          paused={pausedSinceMs !== null}
          stale={stale}
          sites={sites}
          {...(track && { track })}
          selectedPosition={selected?.position ?? null}
          {...(selected && { selectedNote: answerWords(selected, Date.now(), formats, text) })}
        />
      </MapBoundary>
      <div className="fleet-banner">
        <LinkBanner />
      </div>
    </div>
  );
}

type Position = { latitude: number; longitude: number };

/**
 * Where the map is sent: to the address when it names another place than the map itself reported, and to a vehicle that
 * was chosen outside of what the map shows.
 */
function useMapTarget(
  { view, onChange, bounds, onBounds }: Pick<FleetMapPaneProps, "view" | "onChange" | "bounds" | "onBounds">,
  position: Position | null,
) {
  const [target, setTarget] = useState<MapView>(view.map ?? FIRST_VIEW);
  const reported = useRef({ address: addressOf(view.map), zoom: target.zoom, first: true });

  const reportView = useCallback(
    ({ center, zoom, bounds: shown }: MapView & { bounds: MapBounds }) => {
      const address = addressOf({ center, zoom });
      // What the map shows by itself at first is the usual view, and a map that only grew has not been moved.
      const moved = !reported.current.first && address !== reported.current.address;
      reported.current = { address, zoom, first: false };
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

  // A link that names a place shows that place, whatever vehicle it names beside it.
  const visited = useRef(view.map ? view.vehicle : null);
  useEffect(() => {
    if (view.vehicle === null) visited.current = null;
    if (view.vehicle === null || visited.current === view.vehicle || !position || !bounds) return;
    visited.current = view.vehicle;
    const { latitude, longitude } = position;
    if (isWithin(bounds, latitude, longitude)) return;
    setTarget({ center: [longitude, latitude], zoom: reported.current.zoom });
  }, [view.vehicle, position, bounds]);

  return { target, reportView };
}

/** As precise as the address writes it, so that a view that went through the address is not taken for another. */
function addressOf(view: MapView | null): string {
  return view ? [view.center[0].toFixed(4), view.center[1].toFixed(4), view.zoom.toFixed(2)].join() : "";
}
