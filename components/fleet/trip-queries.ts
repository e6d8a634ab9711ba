import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { EtaQuality, Trip } from "@/server/contracts/trip.ts";

export const tripQuery = (id: string) =>
  queryOptions({
    queryKey: ["trip", id],
    queryFn: ({ signal }) => fetchJson(`/api/v1/trips/${encodeURIComponent(id)}`, Trip, { signal }),
  });

/** It is measured over a week: it changes slowly. */
export const etaQualityQuery = () =>
  queryOptions({
    queryKey: ["eta-quality"],
    queryFn: ({ signal }) => fetchJson("/api/v1/trips/eta-quality", EtaQuality, { signal }),
    staleTime: 5 * 60_000,
  });
