import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { SavedView, type VIEW_PAGES } from "@/server/contracts/saved-view.ts";

export type ViewPage = (typeof VIEW_PAGES)[number];

const Views = z.object({ items: z.array(SavedView) });

export const viewsQuery = (page: ViewPage) =>
  queryOptions({
    queryKey: ["views", page],
    queryFn: ({ signal }) => fetchJson(`/api/v1/views?page=${page}`, Views, { signal }),
    staleTime: 60_000,
  });

/** What of an address belongs to a view: filters, sorting and the place on the map, but not the one thing that is open. */
const OPEN_THINGS = ["vehicle", "order", "position", "tab"];

export function viewQueryOf(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of OPEN_THINGS) params.delete(name);
  params.sort();
  return params.toString();
}
