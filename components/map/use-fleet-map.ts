"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { useLiveClient } from "../live/live-provider.tsx";
import { usePreferences } from "../ui/preferences.tsx";
import type { ScreenPoint, Selection } from "./fleet-engine-options.ts";
import { exposeFleet } from "./fleet-handle.ts";
import { FleetMapEngine } from "./fleet-map-engine.ts";
import type { FleetMapProps } from "./fleet-map-props.ts";
import { loadPageFont } from "./page-font.ts";

/** Vehicles at one place of the map. */
export type Spot = { ids: string[]; at: ScreenPoint };

const REDUCED_MOTION = "(prefers-reduced-motion: reduce)";
const NO_TRACK: NonNullable<FleetMapProps["track"]> = [];
const NO_SITES: NonNullable<FleetMapProps["sites"]> = [];

/** Makes the map in `holder` and keeps it told of the props. The map itself is made once, whatever changes. */
export function useFleetMap(props: FleetMapProps, holder: RefObject<HTMLDivElement | null>) {
  const client = useLiveClient();
  const { text, units, formats } = usePreferences();
  const [engine, setEngine] = useState<FleetMapEngine | null>(null);
  const [hovered, setHovered] = useState<Spot | null>(null);
  const [stacked, setStacked] = useState<Spot | null>(null);
  const [following, setFollowing] = useState(false);
  const latest = useRef({ props, text, units, formats });
  latest.current = { props, text, units, formats };

  useEffect(() => {
    let made: FleetMapEngine | null = null;
    let isGone = false;
    let hide = () => {};
    void loadPageFont().then((font) => {
      const container = holder.current;
      if (isGone || !container) return;
      const { view, scheme } = latest.current.props;
      made = new FleetMapEngine({
        container,
        store: client.fleet,
        view,
        scheme,
        font,
        label: latest.current.text.fleet.map,
        units: latest.current.units,
        reducedMotion: window.matchMedia(REDUCED_MOTION).matches,
        formatCount: (value) => latest.current.formats.number(value),
        look: (look) => client.look(look),
        onView: (view) => latest.current.props.onViewChange?.(view),
        onHover: (ids, at) => {
          setHovered(ids.length > 0 ? { ids, at } : null);
          latest.current.props.onHover?.(ids[0] ?? null);
        },
        onCount: (count) => latest.current.props.onCount?.(count),
        onFollowEnd: () => setFollowing(false),
        onPress: (ids, at) => {
          setStacked(ids.length > 1 ? { ids, at } : null);
          if (ids.length < 2) latest.current.props.onSelect(ids[0] ?? null);
        },
      });
      hide = exposeFleet(made, client.fleet);
      setEngine(made);
    });
    return () => {
      isGone = true;
      hide();
      client.look(null);
      made?.destroy();
      setEngine(null);
    };
  }, [client, holder]);

  useEngine(engine, props, units);
  const isFollowing = following && props.selectedId !== null;
  useEffect(() => engine?.setFollowing(isFollowing), [engine, isFollowing]);
  useEffect(() => {
    if (props.selectedId === null) setFollowing(false);
  }, [props.selectedId]);
  return {
    engine,
    hovered,
    stacked,
    closeStack: () => setStacked(null),
    following: isFollowing,
    toggleFollowing: () => setFollowing(!isFollowing),
  };
}

/** Hands each prop on when it changes. */
function useEngine(engine: FleetMapEngine | null, props: FleetMapProps, units: "us" | "metric"): void {
  const { scheme, selectedId, selectedPosition = null, selectedNote, paused = false } = props;
  const { sites = NO_SITES, track = NO_TRACK, view, reveal = null } = props;
  useEffect(() => engine?.setScheme(scheme), [engine, scheme]);
  useEffect(() => engine?.setUnits(units), [engine, units]);
  useEffect(() => engine?.setSites(sites), [engine, sites]);
  useEffect(() => engine?.setPaused(paused), [engine, paused]);
  useEffect(() => engine?.camera.setView(view), [engine, view]);
  useEffect(() => {
    if (reveal) engine?.camera.reveal(reveal, { always: reveal.always ?? false });
  }, [engine, reveal]);
  useEffect(() => {
    const selection: Selection | null =
      selectedId === null
        ? null
        : { id: selectedId, at: selectedPosition, ...(selectedNote && { note: selectedNote }) };
    engine?.setSelection(selection);
  }, [engine, selectedId, selectedPosition, selectedNote]);
  useEffect(() => engine?.setTrack(track), [engine, track]);
  useEffect(() => {
    const query = window.matchMedia(REDUCED_MOTION);
    const tell = () => engine?.setReducedMotion(query.matches);
    query.addEventListener("change", tell);
    return () => query.removeEventListener("change", tell);
  }, [engine]);
}
