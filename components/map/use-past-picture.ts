"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLiveClient } from "@/components/live/live-provider.tsx";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { FleetPicture } from "@/server/contracts/fleet-picture.ts";
import { useMoment } from "./moment.ts";

const KEPT_MS = 5 * 60_000;

/** Shows the fleet of the address's moment to whatever draws or counts vehicles; the present when it names none. */
export function usePastPicture(): { isLoading: boolean; error: Error | null; retry(): void } {
  const client = useLiveClient();
  const { at, atMs } = useMoment();
  const query = useQuery({
    queryKey: ["fleet-picture", at],
    queryFn: ({ signal }) => fetchJson(`/api/v1/fleet/picture?asOf=${at}`, FleetPicture, { signal }),
    enabled: at !== null,
    staleTime: KEPT_MS,
    gcTime: KEPT_MS,
  });
  const picture = query.data ?? null;
  useEffect(() => client.showMoment(atMs === null ? null : { atMs, picture }), [client, atMs, picture]);
  // Whoever leaves the page is in the present again.
  useEffect(() => () => client.showMoment(null), [client]);
  return { isLoading: at !== null && query.isPending, error: query.error, retry: () => void query.refetch() };
}
