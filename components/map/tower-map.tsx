"use client";

import dynamic from "next/dynamic";
import { MapBoundary } from "./map-boundary.tsx";
import type { TowerMapProps } from "./tower-map-props.ts";

export type { TowerMapProps } from "./tower-map-props.ts";

// The map is the heaviest part of a page and needs a browser: lists and shell do not wait for it.
const DrawnTowerMap = dynamic(() => import("./drawn-tower-map.tsx").then((module) => module.DrawnTowerMap), {
  ssr: false,
  loading: () => <div className="map map-loading" aria-hidden="true" />,
});

/**
 * The base map for any page: it fills its container, moves by keyboard and pointer, and changes its colours without
 * loading anything again. What stands on it the page draws itself, with the helpers of `map-overlay.ts`.
 */
export function TowerMap(props: TowerMapProps) {
  return (
    <MapBoundary>
      <DrawnTowerMap {...props} />
    </MapBoundary>
  );
}
