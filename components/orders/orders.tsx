"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { sitesQuery } from "@/components/fleet/vehicle-queries.ts";
import { useMoment } from "@/components/map/moment.ts";
import { useAnnounce } from "@/components/shell/announcer.tsx";
import { usePause } from "@/components/shell/pause.tsx";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { useStale } from "@/components/shell/use-tower-state.ts";
import { ListPage } from "@/components/ui/list-page.tsx";
import { usePreferences, useSiteZone } from "@/components/ui/preferences.tsx";
import type { OrderSummary } from "@/server/contracts/order.ts";
import type { Site } from "@/server/contracts/site.ts";
import { FlowMap } from "./flow-map.tsx";
import { OrderDetail } from "./order-detail.tsx";
import { OrderList } from "./order-list.tsx";
import { questionOf } from "./order-queries.ts";
import { useLiveOrders } from "./use-live-orders.ts";
import { useOrderList } from "./use-order-list.ts";
import { useOrdersView } from "./use-orders-view.ts";
import "./orders.css";

const NO_SITES: readonly Site[] = [];

/** List, flows and one order across the systems. They share one selection, and all of it is in the address. */
export function Orders() {
  const { text } = usePreferences();
  const [view, change] = useOrdersView();
  const { pausedSinceMs } = usePause();
  const [held, setHeld] = useState(false);
  const stale = useStale();
  const { at } = useMoment();
  // What is told of the present does not touch a picture of the past.
  const paused = pausedSinceMs !== null || at !== null;
  useLiveOrders({ paused });
  const known = useQuery(sitesQuery()).data ?? NO_SITES;
  const sites = useMemo(() => new Map(known.map((site) => [site.id, site])), [known]);
  const list = useOrderList(questionOf(view, at), { paused, held });
  const summary = list.orders.find(({ id }) => id === view.order);
  const close = () => change({ order: null, tab: "timeline" });
  const moved = useCallback((order: string) => change({ order }), [change]);
  useShortcut("close", () => view.order !== null && close());
  const openSite = summary?.destinationSite ?? view.site;
  useSiteZone(openSite === null ? null : sites.get(openSite)?.timeZone);
  useSelectionAnnounced(view.order, summary);
  return (
    <ListPage
      className="orders"
      pane={view.pane}
      onPane={(pane) => change({ pane })}
      words={text.orders}
      hasDetail={view.order !== null}
      stale={stale}
    >
      <OrderList view={view} onChange={change} list={list} sites={sites} onHold={setHeld} />
      <FlowMap view={view} onChange={change} orders={list.orders} sites={sites} stale={stale} />
      {view.order !== null && (
        <OrderDetail
          key={view.order}
          id={view.order}
          summary={summary}
          sites={sites}
          tab={view.tab}
          onTab={(tab) => change({ tab })}
          onClose={close}
          onMoved={moved}
        />
      )}
    </ListPage>
  );
}

/** Says which order was opened and how it stands, and that it was closed. */
function useSelectionAnnounced(id: string | null, summary: OrderSummary | undefined): void {
  const { orders } = usePreferences().text;
  const announce = useAnnounce();
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (id === said.current) return;
    if (id === null) announce(orders.closed);
    else if (!summary) return;
    else announce(orders.selected(orders.detail.title(summary.number), orders.risks[summary.risk]));
    said.current = id;
  }, [id, summary, announce, orders]);
}
