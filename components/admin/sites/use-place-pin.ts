"use client";

import type { Map as MapLibre, Marker } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import type { Corner } from "@/server/contracts/fence-polygon.ts";
import { roundDegrees } from "./shapes.ts";

/** A pin at a place that can be dragged. The form says and takes the same in degrees, for those who cannot. */
export function usePlacePin(map: MapLibre | null, place: Corner | null, onMove: (place: Corner) => void): void {
  const [pin, setPin] = useState<Marker | null>(null);
  const isShown = place !== null;
  const latest = useRef({ place, onMove });
  latest.current = { place, onMove };

  useEffect(() => {
    if (!map || !isShown) return;
    let made: Marker | null = null;
    let isGone = false;
    void import("maplibre-gl").then(({ Marker }) => {
      const at = latest.current.place;
      if (isGone || !at) return;
      const element = document.createElement("div");
      element.className = "site-pin";
      made = new Marker({ element, draggable: true, anchor: "bottom" }).setLngLat([at.longitude, at.latitude]);
      made.on("drag", () => {
        const { lng, lat } = made!.getLngLat();
        latest.current.onMove({ latitude: roundDegrees(lat), longitude: roundDegrees(lng) });
      });
      made.addTo(map);
      element.setAttribute("aria-hidden", "true");
      element.removeAttribute("tabindex");
      setPin(made);
    });
    return () => {
      isGone = true;
      made?.remove();
      setPin(null);
    };
  }, [map, isShown]);

  const { latitude, longitude } = place ?? { latitude: 0, longitude: 0 };
  useEffect(() => {
    const at = pin?.getLngLat();
    if (pin && at && (at.lat !== latitude || at.lng !== longitude)) pin.setLngLat([longitude, latitude]);
  }, [pin, latitude, longitude]);
}
