"use client";

import { useComputedColorScheme } from "@mantine/core";
import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import type { Corner } from "@/server/contracts/fence-polygon.ts";
import type { FenceDrawing } from "./fence-drawing.ts";

/** The corners to draw with, or `null` when nothing is being drawn. A new array shows them; none begins anew. */
type Options = { corners: readonly Corner[] | null; onCorners(corners: Corner[]): void };

/** Drawing on the map while there is something to draw. Its code is loaded with the first drawing. */
export function useFenceDrawing(map: MapLibre | null, { corners, onCorners }: Options): void {
  const scheme = useComputedColorScheme("dark", { getInitialValueInEffect: false });
  const [drawing, setDrawing] = useState<FenceDrawing | null>(null);
  const isActive = corners !== null;
  const told = useRef<readonly Corner[] | null>(null);
  const latest = useRef(onCorners);
  latest.current = onCorners;

  useEffect(() => {
    if (!map || !isActive) return;
    let started: FenceDrawing | null = null;
    let isGone = false;
    void import("./fence-drawing.ts").then(({ startDrawing }) => {
      if (isGone) return;
      started = startDrawing({
        map,
        scheme,
        onCorners: (drawn) => {
          told.current = drawn;
          latest.current(drawn);
        },
      });
      setDrawing(started);
    });
    return () => {
      isGone = true;
      started?.stop();
      told.current = null;
      setDrawing(null);
    };
  }, [map, isActive, scheme]);

  useEffect(() => {
    if (!drawing || !corners || sameCorners(corners, told.current)) return;
    told.current = corners;
    drawing.show(corners);
  }, [drawing, corners]);
}

/** What was drawn comes back by way of the form: shown again it would be let go in the middle of a drag. */
function sameCorners(a: readonly Corner[], b: readonly Corner[] | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
