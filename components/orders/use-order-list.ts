"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useHeldRows } from "@/components/ui/use-held-rows.ts";
import { useLoadMore } from "@/components/ui/use-load-more.ts";
import type { OrderRisk } from "@/server/contracts/order.ts";
import { type OrderQuestion, orderListQuery } from "./order-queries.ts";

/** Messages of the room keep the list fresh; this only heals what none told of, such as time that goes by. */
const REFRESH_MS = 30_000;
/** A tower that has just started reads its orders first and says so. */
const RETRY_MS = 3_000;

const NO_COUNTS: Partial<Record<OrderRisk, number>> = {};

/** The list for a question, page by page as it is scrolled. While `held`, rows keep their places. */
export function useOrderList(question: OrderQuestion, { paused, held }: { paused: boolean; held: boolean }) {
  const query = useInfiniteQuery({
    ...orderListQuery(question),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (paused ? false : state.error ? RETRY_MS : REFRESH_MS),
  });
  const pages = query.data?.pages;
  const { rows, newCount } = useHeldRows(pages, { held, question });
  const loadMore = useLoadMore(query);
  return {
    orders: rows,
    newCount,
    /** How many fit by risk, in all pages. */
    counts: pages?.[0]?.counts ?? NO_COUNTS,
    loading: query.isPending,
    error: query.error,
    loadMore,
    retry: () => void query.refetch(),
  };
}
