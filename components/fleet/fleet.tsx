"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { MapBounds, MapReveal } from "@/components/map/fleet-map-props.ts";
import { useMoment } from "@/components/map/moment.ts";
import { useAnnounce } from "@/components/shell/announcer.tsx";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { useStale } from "@/components/shell/use-tower-state.ts";
import { ListPage } from "@/components/ui/list-page.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Site } from "@/server/contracts/site.ts";
import { FleetList } from "./fleet-list.tsx";
import { FleetMapPane } from "./fleet-map-pane.tsx";
import { TRACK_HOURS } from "./track-facts.tsx";
import { useFleetView } from "./use-fleet-view.ts";
import { answerWords } from "./vehicle-answer.tsx";
import { VehicleDetail } from "./vehicle-detail.tsx";
import { sitesQuery, trackQuery, vehicleQuery } from "./vehicle-queries.ts";
import { makeWatched } from "./watched.ts";
import "./fleet.css";

const TRACK_REFRESH_MS = 60_000;
const NO_SITES: readonly Site[] = [];

/** List, map and detail of everything that moves. They share one selection, and all of it is in the address. */
export function Fleet() {
  const { text } = usePreferences();
  const [view, change] = useFleetView();
  const { at } = useMoment();
  const [bounds, setBounds] = useState<MapBounds | null>(null);
  const [inMap] = useState(() => makeWatched<number | null>(null));
  const [reveal, setReveal] = useState<MapReveal | null>(null);
  const stale = useStale();
  const sites = useQuery(sitesQuery()).data ?? NO_SITES;
  const track = useQuery({
    ...trackQuery(view.vehicle ?? "", TRACK_HOURS, at),
    enabled: view.vehicle !== null,
    refetchInterval: at === null && TRACK_REFRESH_MS,
  });
  const close = () => change({ vehicle: null });
  useShortcut("close", () => view.vehicle !== null && close());
  useSelectionAnnounced(view.vehicle);

  const showOnMap = ({ latitude, longitude }: { latitude: number; longitude: number }) => {
    setReveal({ latitude, longitude, always: true });
    change({ pane: "map" });
  };
  const points = view.vehicle === null ? undefined : track.data;
  return (
    <ListPage
      className="fleet"
      pane={view.pane}
      onPane={(pane) => change({ pane })}
      words={text.fleet}
      hasDetail={view.vehicle !== null}
      stale={stale}
      asSheet
    >
      <FleetList view={view} onChange={change} bounds={bounds} sites={sites} inMap={inMap} />
      <FleetMapPane
        view={view}
        onChange={change}
        onBounds={setBounds}
        onCount={inMap.set}
        reveal={reveal}
        onReveal={setReveal}
        sites={sites}
        track={points}
        stale={stale}
      />
      {view.vehicle !== null && (
        <VehicleDetail
          key={view.vehicle}
          id={view.vehicle}
          sites={sites}
          track={points}
          trackFailed={track.isError}
          onClose={close}
          onShowOnMap={({ position }) => position && showOnMap(position)}
        />
      )}
    </ListPage>
  );
}

/** Says which vehicle was opened and how it is, once it is known, and that it was closed. */
function useSelectionAnnounced(id: string | null): void {
  const { text, formats } = usePreferences();
  const announce = useAnnounce();
  const { at, atMs } = useMoment();
  const { data: vehicle } = useQuery({ ...vehicleQuery(id ?? "", at), enabled: false });
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (id === said.current) return;
    if (id === null) announce(text.fleet.closed);
    else if (vehicle?.id !== id) return;
    else announce(text.fleet.selected(id, answerWords(vehicle, atMs ?? Date.now(), formats, text)));
    said.current = id;
  }, [id, vehicle, atMs, announce, text, formats]);
}
