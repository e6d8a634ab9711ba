import type { MapView } from "./fleet-map-props.ts";

const ZOOM_MAX = 22;

/** Reads the view of a map from an address; `null` for what is no view. */
export function parseMapView(text: string | null): MapView | null {
  const [longitude, latitude, zoom, ...more] = (text ?? "")
    .split(",")
    .map((part) => (part === "" ? Number.NaN : Number(part)));
  if (longitude === undefined || latitude === undefined || zoom === undefined || more.length > 0) return null;
  const fits = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 && zoom >= 0 && zoom <= ZOOM_MAX;
  return fits ? { center: [longitude, latitude], zoom } : null;
}

export function writeMapView({ center, zoom }: MapView): string {
  return [center[0].toFixed(4), center[1].toFixed(4), zoom.toFixed(2)].join(",");
}
