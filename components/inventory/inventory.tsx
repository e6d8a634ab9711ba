"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { sitesQuery } from "@/components/fleet/vehicle-queries.ts";
import { useMoment } from "@/components/map/moment.ts";
import { useAnnounce } from "@/components/shell/announcer.tsx";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { useServerNow, useStale } from "@/components/shell/use-tower-state.ts";
import { ListPage } from "@/components/ui/list-page.tsx";
import { usePreferences, useSiteZone } from "@/components/ui/preferences.tsx";
import type { SiteStock } from "@/server/contracts/stock.ts";
import { InventoryList } from "./inventory-list.tsx";
import { InventoryMap } from "./inventory-map.tsx";
import { siteStocksQuery, storyQuery } from "./inventory-queries.ts";
import { PositionDetail } from "./position-detail.tsx";
import { siteName } from "./site-marks.ts";
import { answerWords } from "./stock-words.ts";
import { useDays } from "./use-days.ts";
import { useInventoryView } from "./use-inventory-view.ts";
import "./inventory.css";

const NO_STOCKS: readonly SiteStock[] = [];
/** Words with days in them need no second. */
const MINUTE_MS = 60_000;

/** Map of sites, table of what they hold and the story of one material. They share one selection, all in the address. */
export function Inventory() {
  const { text } = usePreferences();
  const { inventory } = text;
  const [view, change] = useInventoryView();
  const nowMs = Math.floor(useServerNow() / MINUTE_MS) * MINUTE_MS;
  const stale = useStale();
  const { data: allSites } = useQuery(sitesQuery());
  const { at } = useMoment();
  const stocks = useQuery(siteStocksQuery(at)).data ?? NO_STOCKS;
  const sites = useMemo(() => new Map(allSites?.map((site) => [site.id, site])), [allSites]);
  const siteNameOf = useCallback((id: string) => siteName(id, sites), [sites]);
  const close = () => change({ position: null });
  useShortcut("close", () => view.position !== null && close());
  const openSite = view.position === null ? view.site : view.position.slice(view.position.lastIndexOf("@") + 1);
  useSiteZone(openSite === null ? null : sites.get(openSite)?.timeZone);
  useSelectionAnnounced(view.position, siteNameOf);

  return (
    <ListPage
      className="inventory"
      pane={view.pane}
      onPane={(pane) => change({ pane })}
      words={inventory}
      hasDetail={view.position !== null}
      stale={stale}
      asSheet
    >
      <div className="list-page-map inventory-map">
        <InventoryMap
          view={view}
          onChange={change}
          stocks={stocks}
          sites={sites}
          openSite={view.position === null ? null : view.position.slice(view.position.lastIndexOf("@") + 1)}
          stale={stale}
        />
      </div>
      <InventoryList view={view} onChange={change} stocks={stocks} siteNameOf={siteNameOf} nowMs={nowMs} />
      {view.position !== null && (
        <PositionDetail
          key={view.position}
          id={view.position}
          chart={view.chart}
          onChart={(chart) => change({ chart })}
          siteNameOf={siteNameOf}
          timeZoneOf={(id) => sites.get(id)?.timeZone ?? null}
          onClose={close}
        />
      )}
    </ListPage>
  );
}

/** Says which material was opened and how it stands, once it is known, and that it was closed. */
function useSelectionAnnounced(id: string | null, siteNameOf: (site: string) => string): void {
  const { text, formats } = usePreferences();
  const days = useDays();
  const announce = useAnnounce();
  const { at } = useMoment();
  const { data: story } = useQuery({ ...storyQuery(id ?? "", at), enabled: false });
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (id === said.current) return;
    if (id === null) announce(text.inventory.closed);
    else if (story?.position.id !== id) return;
    else {
      const { position } = story;
      const name = position.text ?? position.materialDisplay;
      const answer = answerWords(position, text, days, formats);
      announce(text.inventory.opened(name, siteNameOf(position.site), answer));
    }
    said.current = id;
  }, [id, story, announce, text, days, formats, siteNameOf]);
}
