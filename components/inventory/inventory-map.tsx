"use client";

import type { Map as MapLibre, SymbolLayerSpecification } from "maplibre-gl";
import { useCallback, useMemo } from "react";
import type { MapScheme } from "@/components/map/fleet-map-props.ts";
import { boundsOf, type MapMark, markLayers, marksData, showOverlay } from "@/components/map/map-overlay.ts";
import { PastBanner, TimeSlider } from "@/components/map/time-slider.tsx";
import { TowerMap } from "@/components/map/tower-map.tsx";
import { LinkBanner } from "@/components/shell/link-banner.tsx";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { type SiteStock, STOCK_HEALTHS, type StockHealth } from "@/server/contracts/stock.ts";
import type { InventoryView } from "./inventory-view.ts";
import { type Sites, siteMarks, siteName } from "./site-marks.ts";
import { stockLevel } from "./stock-level.ts";

const MARKS = "inventory-sites";
const PRESSABLE = [MARKS, `${MARKS}-titles`];

type InventoryMapProps = {
  view: InventoryView;
  onChange(part: Partial<InventoryView>): void;
  stocks: readonly SiteStock[];
  sites: Sites;
  /** The site of the material that is open. */
  openSite: string | null;
  stale: boolean;
};

/** Sites by the worst of their materials. Pressing one shows only its stock; the table's filter does the same. */
export function InventoryMap({ view, onChange, stocks, sites, openSite, stale }: InventoryMapProps) {
  const { text, formats } = usePreferences();
  const { inventory } = text;
  const chosen = openSite ?? view.site;
  const marks = useMemo(() => siteMarks(stocks, sites, text, formats), [stocks, sites, text, formats]);
  const whole = useMemo(() => boundsOf(marks), [marks]);
  const chosenMark = marks.find(({ id }) => id === chosen) ?? null;
  const draw = useCallback(
    (map: MapLibre, scheme: MapScheme, font: string) => drawSites({ map, scheme, font, marks, chosen: chosenMark }),
    [marks, chosenMark],
  );
  return (
    <TowerMap
      label={inventory.map}
      view={view.map}
      onView={({ center, zoom }) => onChange({ map: { center, zoom } })}
      draw={draw}
      whole={whole}
      pressable={PRESSABLE}
      onPress={(id) => onChange({ site: id === view.site ? null : id })}
      describe={(id) => <SiteWords stock={stocks.find(({ site }) => site === id)} name={siteName(id, sites)} />}
      stale={stale}
    >
      <div className="inventory-banner">
        <LinkBanner />
        <PastBanner />
      </div>
      <div className="time-foot">
        <TimeSlider />
      </div>
      <Legend stocks={stocks} />
    </TowerMap>
  );
}

type Drawn = { map: MapLibre; scheme: MapScheme; font: string; marks: readonly MapMark[]; chosen: MapMark | null };

function drawSites({ map, scheme, font, marks, chosen }: Drawn): void {
  // So far from its mark that a title does not meet the mark it belongs to, which would hide it.
  const layersOf = (source: string, layout: SymbolLayerSpecification["layout"]) =>
    markLayers({ id: source, source, scheme, font }).map((layer) => ({
      ...layer,
      layout: { ...layer.layout, "text-radial-offset": 1.2, ...layout },
    }));
  const around = { ...chosen, title: "", image: "stop" };
  showOverlay(map, {
    sources: {
      [MARKS]: marksData(marks),
      [`${MARKS}-chosen`]: marksData(chosen ? [{ ...chosen, ...around }] : []),
    },
    layers: [
      ...layersOf(`${MARKS}-chosen`, { "icon-size": 2.6, "icon-ignore-placement": true }),
      ...layersOf(MARKS, {}),
    ],
  });
}

function SiteWords({ stock, name }: { stock: SiteStock | undefined; name: string }) {
  const { inventory } = usePreferences().text;
  return <>{stock ? inventory.siteWords(name, inventory.healths[stock.health]) : name}</>;
}

/** What the marks mean, and how many sites bear each. */
function Legend({ stocks }: { stocks: readonly SiteStock[] }) {
  const { text, formats } = usePreferences();
  const { inventory } = text;
  const countOf = (health: StockHealth) => stocks.filter((stock) => stock.health === health).length;
  const shown = STOCK_HEALTHS.filter((health) => countOf(health) > 0);
  if (shown.length === 0) return null;
  return (
    <ul className="overlay inventory-legend" aria-label={inventory.legend}>
      {shown.map((health) => (
        <li key={health} className="row">
          <LevelMark level={stockLevel(health)} size={11} />
          <span className="dim">{inventory.healths[health]}</span>
          <b>{formats.number(countOf(health))}</b>
        </li>
      ))}
    </ul>
  );
}
