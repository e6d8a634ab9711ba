"use client";

import { useThrottledCallback } from "@mantine/hooks";
import { type InfiniteData, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useRoom } from "@/components/live/use-room.ts";
import type { OrdersEvent } from "@/server/contracts/live-room.ts";
import type { OrderPage } from "@/server/contracts/order.ts";
import { applyOrdersEvent } from "./apply-orders-event.ts";
import { ORDER_LIST_KEY } from "./order-queries.ts";

/** However many orders change, the lists are asked for no oftener. */
const LISTS_EVERY_MS = 1_000;

/**
 * Keeps what is shown of orders as the room tells it: rows change at once where they stand, the open order is read
 * again, and the lists follow for what came, went or has another rank now. Nothing moves while paused.
 */
export function useLiveOrders({ paused }: { paused: boolean }): void {
  const queries = useQueryClient();
  const askForLists = useThrottledCallback(
    () => void queries.invalidateQueries({ queryKey: [ORDER_LIST_KEY] }),
    LISTS_EVERY_MS,
  );
  const apply = (event: OrdersEvent) => {
    queries.setQueriesData<InfiniteData<OrderPage>>(
      { queryKey: [ORDER_LIST_KEY] },
      (list) => list && { ...list, pages: applyOrdersEvent(list.pages, event) },
    );
    const changed = [
      ...event.changed.map(({ id }) => id),
      ...event.gone,
      ...event.trips.flatMap(({ orderIds }) => orderIds),
    ];
    for (const id of new Set(changed)) void queries.invalidateQueries({ queryKey: ["order", id] });
    if (event.changed.length > 0 || event.gone.length > 0) askForLists();
  };
  useRoom("orders", {
    onEvent: (event) => {
      if (!paused) apply(event);
    },
    onPicture: () => {
      if (!paused) askForAll(queries);
    },
  });
  // What was told meanwhile was left out: afterwards everything jumps to the present.
  const wasPaused = useRef(paused);
  useEffect(() => {
    if (wasPaused.current && !paused) askForAll(queries);
    wasPaused.current = paused;
  }, [queries, paused]);
}

function askForAll(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: [ORDER_LIST_KEY] });
  void queries.invalidateQueries({ queryKey: ["order"] });
}
