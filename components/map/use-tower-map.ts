"use client";

import { useComputedColorScheme } from "@mantine/core";
import type { MapMouseEvent } from "maplibre-gl";
import { type RefObject, useEffect, useRef, useState } from "react";
import { usePreferences } from "../ui/preferences.tsx";
import { BaseMap } from "./base-map.ts";
import type { ScreenPoint } from "./fleet-engine-options.ts";
import type { MapBounds, MapView } from "./fleet-map-props.ts";
import { writeMapView } from "./map-address.ts";
import { loadPageFont } from "./page-font.ts";
import { exposeMap } from "./tower-handle.ts";
import type { TowerMapProps } from "./tower-map-props.ts";

/** The feature under the pointer. */
export type Hovered = { id: string; at: ScreenPoint };

type Made = { base: BaseMap; font: string };

const REDUCED_MOTION = "(prefers-reduced-motion: reduce)";
const REACH_PIXELS = 5;
/** Titles stand beside their marks, and the key of a page over the top of its map. */
const FIT_PADDING = { top: 64, bottom: 40, left: 72, right: 120 };
/** The mainland of the US: what there is to show before anything is known. */
const NOTHING_KNOWN: MapView = { center: [-96, 38.5], zoom: 3.6 };

/** Makes the map in `holder` once, and keeps it told of the props. */
export function useTowerMap(props: TowerMapProps, holder: RefObject<HTMLDivElement | null>) {
  const scheme = useComputedColorScheme("dark", { getInitialValueInEffect: false });
  const { units } = usePreferences();
  const [made, setMade] = useState<Made | null>(null);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const latest = useRef({ props, scheme, units });
  latest.current = { props, scheme, units };

  useEffect(() => {
    let base: BaseMap | null = null;
    let isGone = false;
    let hide = () => {};
    void loadPageFont().then((font) => {
      const container = holder.current;
      if (isGone || !container) return;
      const { props, scheme, units } = latest.current;
      const { label, view } = props;
      const reducedMotion = window.matchMedia(REDUCED_MOTION).matches;
      const options = { container, label, scheme, font, units, reducedMotion, fleet: false };
      const fresh = new BaseMap({ ...options, view: view ?? NOTHING_KNOWN });
      base = fresh;
      hide = exposeMap(fresh);
      followPointer(fresh, () => latest.current.props, setHovered);
      fresh.whenReady(() => {
        setMade({ base: fresh, font });
        latest.current.props.onMap?.(fresh.map);
      });
    });
    return () => {
      isGone = true;
      hide();
      latest.current.props.onMap?.(null);
      base?.remove();
      setMade(null);
    };
  }, [holder]);

  const { draw } = props;
  const base = made?.base ?? null;
  useEffect(() => base?.setScheme(scheme, () => {}), [base, scheme]);
  useEffect(() => base?.setUnits(units), [base, units]);
  useEffect(() => (made ? draw(made.base.map, scheme, made.font) : undefined), [made, draw, scheme]);
  const showWhole = useView(base, props);
  return { base, hovered, showWhole };
}

/** The map goes where it is sent, begins with all there is, and reports only what somebody moved. */
function useView(base: BaseMap | null, { view, whole = null, reveal = null, onView }: TowerMapProps): () => void {
  const seen = useRef(writeMapView(view ?? NOTHING_KNOWN));
  const automatic = useRef(false);
  const untouched = useRef(view === null);
  const report = useRef(onView);
  report.current = onView;

  useEffect(() => {
    if (!base) return;
    const onRest = () => {
      const address = writeMapView(base.view);
      const byItself = automatic.current || address === seen.current;
      seen.current = address;
      automatic.current = false;
      if (byItself) return;
      untouched.current = false;
      report.current?.(base.view);
    };
    base.map.on("moveend", onRest);
    return () => void base.map.off("moveend", onRest);
  }, [base]);

  const address = view && writeMapView(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address stands for the view it names
  useEffect(() => {
    if (!base || !view || address === seen.current) return;
    base.camera.setView(view);
  }, [base, address]);

  const wholeAddress = whole && Object.values(whole).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address stands for the bounds it names
  useEffect(() => {
    if (!base || !whole || !untouched.current) return;
    return whenSized(base, () => {
      automatic.current = true;
      showBounds(base, whole, 0);
    });
  }, [base, wholeAddress]);

  useEffect(() => {
    if (base && reveal) base.camera.reveal(reveal, { always: reveal.always ?? false });
  }, [base, reveal]);

  return () => {
    if (base && whole) base.camera.showBounds(whole);
  };
}

function showBounds(base: BaseMap, { west, south, east, north }: MapBounds, duration: number): void {
  base.map.fitBounds([west, south, east, north], { padding: FIT_PADDING, maxZoom: 9, duration });
}

/** A map that is not shown has no size, and nothing can be fitted into it. */
function whenSized(base: BaseMap, work: () => void): () => void {
  const { clientWidth, clientHeight } = base.map.getContainer();
  if (clientWidth > 0 && clientHeight > 0) {
    work();
    return () => {};
  }
  const later = () => work();
  base.map.once("resize", later);
  return () => void base.map.off("resize", later);
}

/** Tells what lies under the pointer and what was pressed. */
function followPointer(base: BaseMap, props: () => TowerMapProps, onHover: (hovered: Hovered | null) => void): void {
  const { map } = base;
  const idAt = ({ point: { x, y } }: MapMouseEvent): string | null => {
    for (const layer of props().pressable ?? []) {
      if (!map.getLayer(layer)) continue;
      const reach: [[number, number], [number, number]] = [
        [x - REACH_PIXELS, y - REACH_PIXELS],
        [x + REACH_PIXELS, y + REACH_PIXELS],
      ];
      const id = map.queryRenderedFeatures(reach, { layers: [layer] })[0]?.properties.id;
      if (typeof id === "string") return id;
    }
    return null;
  };
  let waiting = false;
  map.on("click", (event) => props().onPress?.(idAt(event)));
  map.on("mousemove", (event) => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (!base.ready) return;
      const id = idAt(event);
      map.getCanvas().style.cursor = id === null ? "" : "pointer";
      onHover(id === null ? null : { id, at: event.point });
    });
  });
  map.on("movestart", () => onHover(null));
  map.on("mouseout", () => onHover(null));
}
