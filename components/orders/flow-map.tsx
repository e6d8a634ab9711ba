"use client";

import type { Map as MapLibre } from "maplibre-gl";
import { useCallback, useMemo, useState } from "react";
import type { MapScheme } from "@/components/map/fleet-map-props.ts";
import { boundsOf, showOverlay } from "@/components/map/map-overlay.ts";
import { PastBanner, TimeSlider } from "@/components/map/time-slider.tsx";
import { TowerMap } from "@/components/map/tower-map.tsx";
import { LinkBanner } from "@/components/shell/link-banner.tsx";
import { isLoud } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { OrderSummary } from "@/server/contracts/order.ts";
import type { Site } from "@/server/contracts/site.ts";
import { FLOW_LAYERS, flowOverlay } from "./flow-overlay.ts";
import { flowsOf, laneOf, type Place, pressedFlow } from "./order-flows.ts";
import { isAtRisk } from "./order-level.ts";
import { laneWords } from "./order-words.ts";
import type { OrdersView } from "./orders-view.ts";
import { useFlowVehicles } from "./use-flow-vehicles.ts";

type FlowMapProps = {
  view: OrdersView;
  onChange(part: Partial<OrdersView>): void;
  orders: readonly OrderSummary[];
  sites: ReadonlyMap<string, Site>;
  stale: boolean;
};

/** From where to where the orders of the list go, those at risk above the others, with the vehicles on them. */
export function FlowMap({ view, onChange, orders, sites, stale }: FlowMapProps) {
  const { text, formats } = usePreferences();
  const [map, setMap] = useState<MapLibre | null>(null);
  const flows = useMemo(() => flowsOf(orders, sites), [orders, sites]);
  const chosen = orders.find(({ id }) => id === view.order);
  const vehicleIds = useMemo(
    () => orders.filter(({ risk, id }) => isAtRisk(risk) || id === view.order).flatMap((order) => order.vehicleIds),
    [orders, view.order],
  );
  const vehicles = useFlowVehicles(map, vehicleIds, chosen?.vehicleIds ?? NOBODY);
  const draw = useCallback(
    (drawn: MapLibre, scheme: MapScheme, font: string) =>
      showOverlay(drawn, flowOverlay({ flows, vehicles, selectedId: view.order, scheme, font })),
    [flows, vehicles, view.order],
  );
  const whole = useMemo(() => {
    const loud = flows.filter(({ level }) => isLoud(level));
    return boundsOf((loud.length > 0 ? loud : flows).flatMap(({ from, to }): Place[] => [from, to]));
  }, [flows]);
  const describe = (id: string) => {
    const flow = flows.find((each) => each.orders.some((order) => order.id === id));
    if (!flow) return null;
    const count = laneOf(id, flows).length;
    return (
      <>
        <LevelMark level={flow.level} />
        <b>{flow.orders[0]!.customer.name ?? flow.orders[0]!.number}</b>
        <span>{text.orders.flowOf(laneWords(flow.orders[0]!, sites, text), count, formats.number(count))}</span>
      </>
    );
  };
  return (
    <div className="list-page-map">
      <TowerMap
        label={text.orders.map}
        view={view.map}
        onView={({ center, zoom }) => onChange({ map: { center, zoom } })}
        draw={draw}
        whole={whole}
        pressable={FLOW_LAYERS}
        onPress={(id) => id !== null && onChange(pressedFlow(id, flows, view))}
        describe={describe}
        stale={stale}
        onMap={setMap}
      />
      <div className="order-over">
        <LinkBanner />
        <PastBanner />
        <FlowKey />
      </div>
      <div className="time-foot">
        <TimeSlider />
      </div>
    </div>
  );
}

const NOBODY: readonly string[] = [];

/** What the lines mean: weight and dash say it as well as the colour. */
function FlowKey() {
  const { orders } = usePreferences().text;
  const keys = [
    ["critical", 4, undefined],
    ["high", 2.6, undefined],
    ["watch", 2.6, "6 4"],
  ] as const;
  return (
    <p className="overlay flow-key small">
      <b>{orders.flows}</b>
      {keys.map(([level, width, dash]) => (
        <span key={level} className="row dim">
          <svg width="20" height="6" aria-hidden="true" className={`tone-${level}`}>
            <path d="M1 3h18" stroke="currentColor" strokeWidth={width} strokeDasharray={dash} />
          </svg>
          {orders.flowWords[level]}
        </span>
      ))}
    </p>
  );
}
