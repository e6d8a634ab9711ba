"use client";

import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useRoom } from "@/components/live/use-room.ts";
import { useHeldRows } from "@/components/ui/use-held-rows.ts";
import { useLoadMore } from "@/components/ui/use-load-more.ts";
import type { InventoryEvent } from "@/server/contracts/live-room.ts";
import type { PositionPage } from "@/server/contracts/stock.ts";
import { applyInventoryEvent } from "./apply-inventory-event.ts";
import { POSITIONS_KEY, type PositionQuestion, positionsQuery, SITE_STOCKS_KEY } from "./inventory-queries.ts";

/** Order, counts and sites are asked for again so long after something changed, however much follows it. */
const REFRESH_MS = 1_000;

type Options = { paused: boolean; held: boolean };

/** The table for a question, page by page, kept true by the room. While `held`, rows keep their places. */
export function usePositions(question: PositionQuestion, { paused, held }: Options) {
  const query = useInfiniteQuery({ ...positionsQuery(question), placeholderData: keepPreviousData });
  const pages = query.data?.pages;
  const { rows, newCount } = useHeldRows(pages, { held, question });
  const loadMore = useLoadMore(query);
  useInventoryRoom(paused);

  return {
    positions: rows,
    newCount,
    /** Of all that fits but for the health; `null` while nothing has come. */
    counts: pages?.[0]?.counts ?? null,
    loading: query.isPending,
    error: query.error,
    loadMore,
    retry: () => void query.refetch(),
  };
}

/** What the room tells goes into every picture that is shown; a pause lets it be, and its end asks for all anew. */
function useInventoryRoom(paused: boolean): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const isPaused = useRef(paused);

  const refresh = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      if (isPaused.current) return;
      void client.invalidateQueries({ queryKey: [POSITIONS_KEY] });
      void client.invalidateQueries({ queryKey: [SITE_STOCKS_KEY] });
    }, REFRESH_MS);
  }, [client]);
  const refreshAll = useCallback(() => {
    refresh();
    void client.invalidateQueries({ queryKey: ["position"] });
    void client.invalidateQueries({ queryKey: ["movements"] });
  }, [client, refresh]);

  useRoom("inventory", {
    onEvent: (event: InventoryEvent) => {
      if (isPaused.current) return;
      client.setQueriesData<InfiniteData<PositionPage, string | null>>({ queryKey: [POSITIONS_KEY] }, (data) =>
        data ? { ...data, pages: applyInventoryEvent(data.pages, event) } : data,
      );
      for (const id of [...event.changed.map((position) => position.id), ...event.gone]) {
        void client.invalidateQueries({ queryKey: ["position", id] });
        void client.invalidateQueries({ queryKey: ["movements", id] });
      }
      refresh();
    },
    onPicture: () => {
      if (!isPaused.current) refreshAll();
    },
  });

  useEffect(() => {
    const ended = isPaused.current && !paused;
    isPaused.current = paused;
    if (ended) refreshAll();
  }, [paused, refreshAll]);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
}
