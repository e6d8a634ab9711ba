"use client";

import { useComputedColorScheme } from "@mantine/core";
import { AttributionControl, Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import { useEffect, useRef } from "react";
import { ATTRIBUTION, mapStyle } from "@/components/map/map-style.ts";
import "maplibre-gl/dist/maplibre-gl.css";

const WORKER_URL = "/maplibre/maplibre-gl-worker.mjs";
const UNITED_STATES = { center: [-97, 38.4] as [number, number], zoom: 3.5 };

/** Land, borders and roads, without names and without anything of the operation. It is a picture: nothing can be moved. */
export function BareMap() {
  const holder = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("dark", { getInitialValueInEffect: false });
  useEffect(() => {
    if (!holder.current) return;
    setWorkerUrl(WORKER_URL);
    const font = getComputedStyle(document.body).fontFamily.split(",")[0] ?? "sans-serif";
    const style = mapStyle({ scheme, font, fleet: false });
    const map = new MapLibre({
      ...UNITED_STATES,
      container: holder.current,
      style: { ...style, layers: style.layers.filter(({ type }) => type !== "symbol") },
      interactive: false,
      attributionControl: false,
    });
    map.addControl(new AttributionControl({ compact: false, customAttribution: ATTRIBUTION }));
    // A picture needs no place in the order of the tab key.
    map.getCanvas().removeAttribute("tabindex");
    return () => map.remove();
  }, [scheme]);
  return <div ref={holder} className="bare-map" />;
}
