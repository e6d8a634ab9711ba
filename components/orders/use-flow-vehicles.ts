"use client";

import { useQueries } from "@tanstack/react-query";
import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useMemo, useState } from "react";
import { vehicleQuery } from "@/components/fleet/vehicle-queries.ts";
import { useLiveClient } from "@/components/live/live-provider.tsx";
import { useMoment } from "@/components/map/moment.ts";
import { makeViewTiles } from "@/components/map/view-tiles.ts";
import type { Place } from "./order-flows.ts";

const READ_EVERY_MS = 2_000;
const ASKED_EVERY_MS = 5_000;

/**
 * Where the vehicles are: what the socket tells of the tiles the map looks at (far out these are the exceptions alone,
 * which is what stands out here), and for those of the chosen order always, asked singly.
 */
export function useFlowVehicles(
  map: MapLibre | null,
  ids: readonly string[],
  chosenIds: readonly string[],
): ReadonlyMap<string, Place> {
  const { fleet } = useLiveClient();
  useTold(map);
  const [told, setTold] = useState<ReadonlyMap<string, Place>>(new Map());
  const wanted = ids.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` stands for the ids it names
  useEffect(() => {
    const read = () =>
      setTold((before) => {
        const after = new Map<string, Place>();
        for (const id of ids) {
          const vehicle = fleet.vehicle(id);
          if (vehicle) after.set(id, { latitude: vehicle.latitude, longitude: vehicle.longitude });
        }
        return isSame(before, after) ? before : after;
      });
    read();
    const timer = setInterval(read, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [fleet, wanted]);

  const { at } = useMoment();
  const asked = useQueries({
    queries: chosenIds.map((id) => ({ ...vehicleQuery(id, at), refetchInterval: at === null && ASKED_EVERY_MS })),
    combine: (answers) => answers.flatMap(({ data }) => (data?.position ? [{ id: data.id, at: data.position }] : [])),
  });
  return useMemo(() => {
    const all = new Map(asked.map(({ id, at }) => [id, { latitude: at.latitude, longitude: at.longitude }]));
    for (const [id, place] of told) all.set(id, place);
    return all;
  }, [told, asked]);
}

/** Asks the socket for what the map looks at, as the fleet's own map does. */
function useTold(map: MapLibre | null): void {
  const client = useLiveClient();
  useEffect(() => {
    if (!map) return;
    const wantedTiles = makeViewTiles();
    const look = () => {
      const bounds = map.getBounds();
      const sides = {
        west: bounds.getWest(),
        south: bounds.getSouth(),
        east: bounds.getEast(),
        north: bounds.getNorth(),
      };
      const wanted = wantedTiles(map.getZoom(), sides);
      if (wanted) client.look(wanted);
    };
    look();
    map.on("moveend", look);
    return () => {
      map.off("moveend", look);
      client.look(null);
    };
  }, [client, map]);
}

function isSame(before: ReadonlyMap<string, Place>, after: ReadonlyMap<string, Place>): boolean {
  if (before.size !== after.size) return false;
  for (const [id, place] of after) {
    const known = before.get(id);
    if (known?.latitude !== place.latitude || known.longitude !== place.longitude) return false;
  }
  return true;
}
