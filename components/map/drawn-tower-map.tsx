"use client";

import "maplibre-gl/dist/maplibre-gl.css";
import "./fleet-map.css";
import { IconMinus, IconPlus, IconWorld } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useText } from "../ui/preferences.tsx";
import { hasWebgl, NoMap } from "./no-map.tsx";
import type { TowerMapProps } from "./tower-map-props.ts";
import { useTowerMap } from "./use-tower-map.ts";

/** The map itself, in a part that is loaded after the page. */
export function DrawnTowerMap(props: TowerMapProps) {
  const [canDraw] = useState(hasWebgl);
  return canDraw ? <Drawn {...props} /> : <NoMap />;
}

function Drawn(props: TowerMapProps) {
  const holder = useRef<HTMLDivElement>(null);
  const { base, hovered, showWhole } = useTowerMap(props, holder);
  const { map } = useText();
  const words = hovered && props.describe?.(hovered.id);
  return (
    <div className="map" data-stale={props.stale || undefined}>
      <div className="map-canvas" ref={holder} />
      <fieldset className="map-tools" aria-label={map.tools}>
        <button type="button" aria-label={map.zoomIn} title={map.zoomIn} onClick={() => base?.camera.zoomBy(1)}>
          <IconPlus size={16} aria-hidden="true" />
        </button>
        <button type="button" aria-label={map.zoomOut} title={map.zoomOut} onClick={() => base?.camera.zoomBy(-1)}>
          <IconMinus size={16} aria-hidden="true" />
        </button>
        <button type="button" aria-label={map.whole} title={map.whole} disabled={!props.whole} onClick={showWhole}>
          <IconWorld size={16} aria-hidden="true" />
        </button>
      </fieldset>
      {props.children}
      {hovered && words && (
        <div
          className="map-note"
          aria-hidden="true"
          style={{ transform: `translate(${hovered.at.x + 14}px, ${hovered.at.y + 14}px)` }}
        >
          {words}
        </div>
      )}
    </div>
  );
}
