"use client";

import { useComputedColorScheme } from "@mantine/core";
import type { Map as MapLibre } from "maplibre-gl";
import { useCallback, useEffect, useMemo } from "react";
import type { MapScheme, MapView } from "@/components/map/fleet-map-props.ts";
import { boundsOf, showOverlay } from "@/components/map/map-overlay.ts";
import { TowerMap } from "@/components/map/tower-map.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import type { Fence, FenceShape } from "@/server/contracts/fence.ts";
import type { Site } from "@/server/contracts/site.ts";
import type { Draft, FromMap } from "./draft.ts";
import { cornersOf } from "./shapes.ts";
import { draftOverlay, PRESSABLE, siteData, siteLayers } from "./site-overlay.ts";
import { useFenceDrawing } from "./use-fence-drawing.ts";
import { usePlacePin } from "./use-place-pin.ts";

type SitesMapProps = {
  sites: readonly Site[];
  fences: readonly Fence[];
  /** What is open, as `site:<id>` or `fence:<id>`, with the area it has. */
  chosen: { key: string; shape: FenceShape | null } | null;
  draft: Draft;
  view: MapView | null;
  map: MapLibre | null;
  onMap(map: MapLibre | null): void;
  onView(view: MapView): void;
  onChoose(key: string): void;
  onFromMap(input: FromMap): void;
};

/** All sites and fences, and what is being set: the pin and the corners answer the pointer, the form the keyboard. */
export function SitesMap(props: SitesMapProps) {
  const { sites, fences, chosen, draft, view, map, onMap, onView, onChoose, onFromMap } = props;
  const { sites: words } = useText();
  const key = chosen?.key ?? null;
  const data = useMemo(() => siteData({ sites, fences, chosen: key }), [sites, fences, key]);
  const draw = useCallback(
    (target: MapLibre, scheme: MapScheme, font: string) =>
      showOverlay(target, { sources: data, layers: siteLayers(scheme, font) }),
    [data],
  );
  const whole = useMemo(() => boundsOf(sites.flatMap((site) => placed(site) ?? [])), [sites]);
  const names = useMemo(
    () =>
      new Map([
        ...sites.map((site) => [`site:${site.id}`, site.name]),
        ...fences.map((f) => [`fence:${f.id}`, f.name]),
      ] as [string, string][]),
    [sites, fences],
  );
  useDraftShown(map, draft.corners === null ? draft.shape : null);
  usePlacePin(map, draft.pin, (place) => onFromMap({ place }));
  useFenceDrawing(map, { corners: draft.corners, onCorners: (corners) => onFromMap({ corners }) });
  useChosenInView(map, chosen);
  return (
    <TowerMap
      label={words.map}
      view={view}
      onView={onView}
      draw={draw}
      whole={whole}
      pressable={PRESSABLE}
      // While corners are being drawn a press is a corner.
      onPress={(id) => id !== null && draft.corners === null && onChoose(id)}
      describe={(id) => (draft.corners === null ? names.get(id) : undefined)}
      onMap={onMap}
    />
  );
}

function placed({ latitude, longitude }: Site) {
  return latitude === null || longitude === null ? null : { latitude, longitude };
}

function useDraftShown(map: MapLibre | null, shape: FenceShape | null): void {
  const scheme = useComputedColorScheme("dark", { getInitialValueInEffect: false });
  useEffect(() => {
    if (map) showOverlay(map, draftOverlay(shape, scheme));
  }, [map, shape, scheme]);
}

const NEAREST_ZOOM = 14;
const AROUND = 1.5;

/** What is opened is brought near enough to see its fence, once. */
function useChosenInView(map: MapLibre | null, chosen: SitesMapProps["chosen"]): void {
  const key = chosen?.shape ? chosen.key : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is opened is shown once, not at each of its changes
  useEffect(() => {
    if (!map || !chosen?.shape) return;
    const corners = cornersOf(chosen.shape);
    const [longitudes, latitudes] = [
      corners.map(({ longitude }) => longitude),
      corners.map(({ latitude }) => latitude),
    ];
    const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
    const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
    const [wide, high] = [(east - west) * AROUND, (north - south) * AROUND];
    const duration = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300;
    map.fitBounds([west - wide, Math.max(-85, south - high), east + wide, Math.min(85, north + high)], {
      maxZoom: NEAREST_ZOOM,
      duration,
    });
  }, [map, key]);
}
