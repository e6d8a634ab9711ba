"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useHeldRows } from "@/components/ui/use-held-rows.ts";
import { useLoadMore } from "@/components/ui/use-load-more.ts";
import { type VehicleQuestion, vehicleListQuery } from "./vehicle-queries.ts";

export const PAGE_SIZE = 100;
const REFRESH_MS_MIN = 3_000;
const REFRESH_MS_MAX = 30_000;
/** A refresh asks for every page that is loaded, so the more there are the less often it is done. */
const REFRESH_MS_PER_PAGE = 1_500;

type Options = { enabled: boolean; paused: boolean; held: boolean };

/** The list for a question, page by page, refreshed while it is shown. While `held`, rows keep their places. */
export function useVehicleList(question: VehicleQuestion, { enabled, paused, held }: Options) {
  const query = useInfiniteQuery({
    ...vehicleListQuery(question),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      if (paused) return false;
      const pages = state.data?.pages.length ?? 1;
      return Math.min(REFRESH_MS_MAX, Math.max(REFRESH_MS_MIN, pages * REFRESH_MS_PER_PAGE));
    },
  });

  const pages = query.data?.pages;
  const { rows, newCount } = useHeldRows(pages, { held, question });
  const loadMore = useLoadMore(query);

  return {
    vehicles: rows,
    newCount,
    /** Every vehicle that fits is loaded. */
    complete: query.isSuccess && !query.hasNextPage,
    loading: query.isPending,
    loadingMore: query.isFetchingNextPage,
    error: query.error,
    /** What is shown answers an earlier question, while the present one is on its way. */
    outdated: query.isPlaceholderData,
    loadMore,
    retry: () => void query.refetch(),
  };
}
