"use client";

import "maplibre-gl/dist/maplibre-gl.css";
import "./fleet-map.css";
import { IconCurrentLocation, IconMinus, IconPlus, IconWorld } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useLiveClient } from "../live/live-provider.tsx";
import { vehicleLevel } from "../ui/level.ts";
import { LevelMark } from "../ui/level-mark.tsx";
import { useFormats, useText } from "../ui/preferences.tsx";
import type { FleetMapProps } from "./fleet-map-props.ts";
import { hasWebgl, NoMap } from "./no-map.tsx";
import { type Spot, useFleetMap } from "./use-fleet-map.ts";

export type { FleetMapProps } from "./fleet-map-props.ts";

const LISTED_MAX = 12;

/** The live map. It needs a `LiveProvider` above it, and fills its container. */
export function FleetMap(props: FleetMapProps) {
  const [canDraw] = useState(hasWebgl);
  return canDraw ? <DrawnFleetMap {...props} /> : <NoMap />;
}

function DrawnFleetMap(props: FleetMapProps) {
  const holder = useRef<HTMLDivElement>(null);
  const { engine, hovered, stacked, closeStack, following, toggleFollowing } = useFleetMap(props, holder);
  const { map } = useText();
  const select = (id: string) => {
    closeStack();
    props.onSelect(id);
  };
  return (
    <div className="map" data-stale={props.stale || undefined} data-scheme={props.scheme}>
      <div className="map-canvas" ref={holder} />
      <fieldset className="map-tools" aria-label={map.tools}>
        <button type="button" aria-label={map.zoomIn} title={map.zoomIn} onClick={() => engine?.camera.zoomBy(1)}>
          <IconPlus size={16} aria-hidden="true" />
        </button>
        <button type="button" aria-label={map.zoomOut} title={map.zoomOut} onClick={() => engine?.camera.zoomBy(-1)}>
          <IconMinus size={16} aria-hidden="true" />
        </button>
        <button type="button" aria-label={map.wholeFleet} title={map.wholeFleet} onClick={() => engine?.showFleet()}>
          <IconWorld size={16} aria-hidden="true" />
        </button>
        <button
          type="button"
          aria-label={map.follow}
          title={map.follow}
          aria-pressed={following}
          disabled={props.selectedId === null}
          onClick={toggleFollowing}
        >
          <IconCurrentLocation size={16} aria-hidden="true" />
        </button>
      </fieldset>
      {hovered && !stacked && <HoverNote spot={hovered} />}
      {stacked && <StackList key={stacked.ids.join()} spot={stacked} onSelect={select} onClose={closeStack} />}
    </div>
  );
}

/** What the mark under the pointer means, in words. The list says the same to the keyboard. */
function HoverNote({ spot: { ids, at } }: { spot: Spot }) {
  const { map } = useText();
  const formats = useFormats();
  return (
    <div className="map-note" aria-hidden="true" style={{ transform: `translate(${at.x + 14}px, ${at.y + 14}px)` }}>
      {ids.length > 1 ? map.here(formats.number(ids.length)) : <VehicleWords id={ids[0]!} />}
    </div>
  );
}

/** Several vehicles on one spot, told apart. */
function StackList({ spot, onSelect, onClose }: { spot: Spot; onSelect(id: string): void; onClose(): void }) {
  const { map } = useText();
  const formats = useFormats();
  const listed = spot.ids.slice(0, LISTED_MAX);
  const title = map.here(formats.number(spot.ids.length));
  return (
    <div
      className="map-stack"
      role="dialog"
      aria-label={title}
      style={{ left: `min(${spot.at.x}px, 100% - 228px)`, top: `max(8px, min(${spot.at.y}px, 100% - 344px))` }}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <p>{title}</p>
      <ul>
        {listed.map((id, position) => (
          <li key={id}>
            {/* biome-ignore lint/a11y/noAutofocus: a list that opened on a press takes the keyboard with it */}
            <button type="button" autoFocus={position === 0} onClick={() => onSelect(id)}>
              <VehicleWords id={id} />
            </button>
          </li>
        ))}
      </ul>
      {spot.ids.length > listed.length && <p>{map.more(formats.number(spot.ids.length - listed.length))}</p>}
      <button type="button" className="map-stack-close" onClick={onClose}>
        {map.close}
      </button>
    </div>
  );
}

function VehicleWords({ id }: { id: string }) {
  const { fleet } = useLiveClient();
  const { levels } = useText();
  const formats = useFormats();
  const vehicle = fleet.vehicle(id);
  if (!vehicle) return id;
  const level = vehicleLevel(vehicle);
  const speed = formats.speed(vehicle.speedKmh);
  return (
    <>
      <LevelMark level={level} headingDeg={vehicle.headingDeg} />
      <b>{id}</b>
      <span>{vehicle.motion === "moving" ? `${speed.value} ${speed.unit}` : levels[level]}</span>
    </>
  );
}
