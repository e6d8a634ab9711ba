"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import { holdOrder, withoutRepeats } from "@/components/fleet/hold-order.ts";
import type { OrderRisk, OrderSummary } from "@/server/contracts/order.ts";
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
  const fresh = useMemo(() => withoutRepeats(pages?.flatMap(({ items }) => items) ?? []), [pages]);
  const { rows, newCount } = useHeldOrder(fresh, held, JSON.stringify(question));
  const { hasNextPage, isFetching, fetchNextPage } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
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

/** The order on the screen is let go when the question changes or nobody holds the list. */
function useHeldOrder(fresh: readonly OrderSummary[], held: boolean, question: string) {
  const shown = useRef<{ question: string; ids: readonly string[] }>({ question, ids: [] });
  return useMemo(() => {
    const keeps = held && shown.current.question === question;
    const next = keeps ? holdOrder(shown.current.ids, fresh) : { rows: [...fresh], newCount: 0 };
    shown.current = { question, ids: next.rows.map(({ id }) => id) };
    return next;
  }, [fresh, held, question]);
}
