import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { Site } from "@/server/contracts/site.ts";
import { Track, Vehicle } from "@/server/contracts/vehicle.ts";

const VehiclePage = z.object({ items: z.array(Vehicle), nextCursor: z.string().nullable(), asOf: z.string() });
export type VehiclePage = z.infer<typeof VehiclePage>;

const SitePage = z.object({ items: z.array(Site), nextCursor: z.string().nullable() });

const Series = z.object({
  vehicleId: z.string(),
  series: z.record(z.string(), z.array(z.object({ time: z.string(), value: z.number() }))),
});
export type Series = z.infer<typeof Series>;

/** A question to `GET /api/v1/vehicles`, as the API names its parameters. */
export type VehicleQuestion = {
  q?: string | undefined;
  motion?: string | undefined;
  service?: string | undefined;
  bounds?: string | undefined;
  sort: string;
  limit: number;
  /** A moment of the past in place of the present. */
  asOf?: string | undefined;
};

const HOUR_MS = 3_600_000;
const SITES_PAGE = 1_000;
const SITES_PAGES_MAX = 25;
const TRACK_POINTS_MAX = 1_000;
const TRACK_PAGES_MAX = 10;

function vehiclesPath(question: VehicleQuestion, cursor?: string | null): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...question, cursor }))
    if (value !== undefined && value !== null && value !== "") params.set(name, String(value));
  return `/api/v1/vehicles?${params}`;
}

const vehiclePath = (id: string) => `/api/v1/vehicles/${encodeURIComponent(id)}`;

/** One page of vehicles, for the palette. */
export const vehiclePageQuery = (question: VehicleQuestion) =>
  queryOptions({
    queryKey: ["vehicle-page", question],
    queryFn: ({ signal }) => fetchJson(vehiclesPath(question), VehiclePage, { signal }),
    staleTime: 2_000,
  });

/** The whole list, page by page as it is scrolled. */
export const vehicleListQuery = (question: VehicleQuestion) =>
  infiniteQueryOptions({
    queryKey: ["vehicle-list", question],
    queryFn: ({ pageParam, signal }) => fetchJson(vehiclesPath(question, pageParam), VehiclePage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** One vehicle now, or at a moment of the past. */
export const vehicleQuery = (id: string, at: string | null = null) =>
  queryOptions({
    queryKey: at === null ? ["vehicle", id] : ["vehicle", id, at],
    queryFn: ({ signal }) => fetchJson(vehiclePath(id) + (at === null ? "" : `?asOf=${at}`), Vehicle, { signal }),
  });

const SERIES_MS = 2 * HOUR_MS;

/** Readings of the last two hours, or of the two before a moment, for the sparklines of a detail. */
export const seriesQuery = (id: string, measures: readonly string[], points: number, at: string | null = null) =>
  queryOptions({
    queryKey: ["series", id, measures, points, at],
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ measures: measures.join(","), points: String(points) });
      if (at !== null) params.set("from", new Date(Date.parse(at) - SERIES_MS).toISOString());
      if (at !== null) params.set("to", at);
      return fetchJson(`${vehiclePath(id)}/series?${params}`, Series, { signal });
    },
  });

/** The way a vehicle came in the last hours, oldest first. Stops after ten pages: a longer way is cut at its new end. */
export const trackQuery = (id: string, hours: number, at: string | null = null) =>
  queryOptions({
    queryKey: ["track", id, hours, at],
    queryFn: async ({ signal }) => {
      const from = new Date((at === null ? Date.now() : Date.parse(at)) - hours * HOUR_MS).toISOString();
      const points: Track["points"] = [];
      let cursor: string | null = null;
      for (let page = 0; page < TRACK_PAGES_MAX; page += 1) {
        const params = new URLSearchParams(cursor ? { cursor } : { from, ...(at !== null && { to: at }) });
        params.set("limit", String(TRACK_POINTS_MAX));
        const track: Track = await fetchJson(`${vehiclePath(id)}/track?${params}`, Track, { signal });
        points.push(...track.points);
        cursor = track.nextCursor;
        if (!cursor) break;
      }
      return points;
    },
  });

/** All sites, for their places on the map and in words. They change seldom. */
export const sitesQuery = () =>
  queryOptions({
    queryKey: ["sites"],
    queryFn: async ({ signal }) => {
      const sites: Site[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < SITES_PAGES_MAX; page += 1) {
        const params = new URLSearchParams({ limit: String(SITES_PAGE), ...(cursor !== null && { cursor }) });
        const answer: z.infer<typeof SitePage> = await fetchJson(`/api/v1/sites?${params}`, SitePage, { signal });
        sites.push(...answer.items);
        cursor = answer.nextCursor;
        if (cursor === null) break;
      }
      return sites;
    },
    staleTime: 5 * 60_000,
  });
