"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { holdOrder, withoutRepeats } from "./hold-order.ts";
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
  const fresh = useMemo(() => withoutRepeats(pages?.flatMap(({ items }) => items) ?? []), [pages]);
  const { rows, newCount } = useHeldOrder(fresh, held, JSON.stringify(question));

  const { hasNextPage, isFetching, fetchNextPage } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);

  return {
    vehicles: rows,
    newCount,
    /** Every vehicle that fits is loaded. */
    complete: query.isSuccess && !hasNextPage,
    loading: query.isPending,
    loadingMore: query.isFetchingNextPage,
    error: query.error,
    /** What is shown answers an earlier question, while the present one is on its way. */
    outdated: query.isPlaceholderData,
    loadMore,
    retry: () => void query.refetch(),
  };
}

/** The order on the screen is let go when the question changes or nobody holds the list. */
function useHeldOrder(fresh: readonly Vehicle[], held: boolean, question: string) {
  const shown = useRef<{ question: string; ids: readonly string[] }>({ question, ids: [] });
  return useMemo(() => {
    const keeps = held && shown.current.question === question;
    const next = keeps ? holdOrder(shown.current.ids, fresh) : { rows: [...fresh], newCount: 0 };
    // Pages that were scrolled to while holding belong to the order from then on.
    shown.current = { question, ids: next.rows.map(({ id }) => id) };
    return next;
  }, [fresh, held, question]);
}
