import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { ApiFailure, fetchJson } from "@/components/ui/fetch-json.ts";
import { PositionPage, SiteStock, StockMovement, StockStory } from "@/server/contracts/stock.ts";
import type { InventoryView } from "./inventory-view.ts";

const MovementPage = z.object({ items: z.array(StockMovement), nextCursor: z.string().nullable(), asOf: z.string() });
const SiteStockPage = z.object({ items: z.array(SiteStock), asOf: z.string() });

export const PAGE_SIZE = 200;
const MOVEMENTS_SIZE = 50;

/** A question to `GET /api/v1/inventory`, as the API names its parameters. */
export type PositionQuestion = Record<string, string>;

export function questionOf(view: InventoryView, at: string | null = null): PositionQuestion {
  const question: PositionQuestion = { sort: view.sort, limit: String(PAGE_SIZE) };
  if (at !== null) question.asOf = at;
  if (view.site) question.site = view.site;
  if (view.healths.length > 0) question.health = view.healths.join(",");
  if (view.text) question.q = view.text;
  return question;
}

/** After a start the tower reads its stock first: until then it says so, and the page goes on loading. */
const WHILE_READ = {
  retry: (times: number, error: Error) => error instanceof ApiFailure && error.part === "stock" && times < 60,
  retryDelay: 1_000,
} as const;

export const POSITIONS_KEY = "positions";
export const SITE_STOCKS_KEY = "site-stocks";

/** The whole table, page by page as it is scrolled. */
export const positionsQuery = (question: PositionQuestion) =>
  infiniteQueryOptions({
    queryKey: [POSITIONS_KEY, question],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(pageParam ? { ...question, cursor: pageParam } : question);
      return fetchJson(`/api/v1/inventory?${params}`, PositionPage, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    ...WHILE_READ,
  });

const positionPath = (id: string) => `/api/v1/inventory/${encodeURIComponent(id)}`;

const asOf = (at: string | null): string => (at === null ? "" : `?asOf=${at}`);

/** One position now, or at a moment of the past; so it is with its movements and the sites. */
export const storyQuery = (id: string, at: string | null = null) =>
  queryOptions({
    queryKey: at === null ? ["position", id] : ["position", id, at],
    queryFn: ({ signal }) => fetchJson(positionPath(id) + asOf(at), StockStory, { signal }),
    ...WHILE_READ,
  });

export const movementsQuery = (id: string, at: string | null = null) =>
  infiniteQueryOptions({
    queryKey: at === null ? ["movements", id] : ["movements", id, at],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ limit: String(MOVEMENTS_SIZE), ...(pageParam && { cursor: pageParam }) });
      if (at !== null) params.set("asOf", at);
      return fetchJson(`${positionPath(id)}/movements?${params}`, MovementPage, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const siteStocksQuery = (at: string | null = null) =>
  queryOptions({
    queryKey: at === null ? [SITE_STOCKS_KEY] : [SITE_STOCKS_KEY, at],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/v1/inventory/sites${asOf(at)}`, SiteStockPage, { signal })).items,
    ...WHILE_READ,
  });
