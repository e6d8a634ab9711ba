"use client";

import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useCallback } from "react";

type Paged = Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetching" | "fetchNextPage">;

/** Asks for the next page when there is one and nothing is being asked. */
export function useLoadMore({ hasNextPage, isFetching, fetchNextPage }: Paged): () => void {
  return useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
}
