import type { LineLayerSpecification } from "maplibre-gl";
import type { MapScheme } from "@/components/map/fleet-map-props.ts";
import { type MapMark, markLayers, marksData, type Overlay } from "@/components/map/map-overlay.ts";
import { isLoud, LEVEL_TOKEN, type Level } from "@/components/ui/level.ts";
import { tokens } from "@/components/ui/theme.ts";
import { bow, type Flow, type Place } from "./order-flows.ts";

/** Weight and dash repeat the level, so that it can be told without its colour; the loudest are drawn last. */
const STROKES: readonly { level: Level; width: number; dash?: number[]; opacity: number }[] = [
  { level: "calm", width: 1, opacity: 0.4 },
  { level: "still", width: 1, dash: [1, 3], opacity: 0.5 },
  { level: "unknown", width: 1.4, dash: [1, 2], opacity: 0.7 },
  { level: "watch", width: 2.4, dash: [2.4, 1.6], opacity: 1 },
  { level: "high", width: 2.6, opacity: 1 },
  { level: "critical", width: 4, opacity: 1 },
];

/** Lines that answer to a press, the topmost first. */
export const FLOW_LAYERS: readonly string[] = ["flow-marks", ...STROKES.map(({ level }) => `flow-${level}`).reverse()];

type Options = {
  flows: readonly Flow[];
  /** Where the vehicles of the orders are, as far as that is known. */
  vehicles: ReadonlyMap<string, Place>;
  selectedId: string | null;
  scheme: MapScheme;
  font: string;
};

/** The flows with their ends and vehicles: at risk on top and named, on plan quiet, the chosen one ringed. */
export function flowOverlay({ flows, vehicles, selectedId, scheme, font }: Options): Overlay {
  const token = tokens[scheme];
  const lines = flows.flatMap((flow) => linesOf(flow, vehicles, selectedId));
  const marks = flows.flatMap((flow) => marksOf(flow, vehicles, selectedId));
  const layers = STROKES.map(
    ({ level, width, dash, opacity }): LineLayerSpecification => ({
      id: `flow-${level}`,
      type: "line",
      source: "flows",
      filter: ["==", ["get", "level"], level],
      layout: { "line-cap": dash ? "butt" : "round", "line-join": "round" },
      paint: {
        "line-color": token[LEVEL_TOKEN[level]],
        "line-width": width,
        "line-opacity": ["case", ["get", "ahead"], opacity * 0.55, opacity],
        ...(dash && { "line-dasharray": dash }),
      },
    }),
  );
  const chosen: LineLayerSpecification = {
    id: "flow-chosen",
    type: "line",
    source: "flows",
    filter: ["get", "chosen"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": token.accent, "line-width": 9, "line-opacity": 0.3 },
  };
  return {
    sources: {
      flows: { type: "FeatureCollection", features: lines },
      "flow-marks": marksData(marks),
      "flow-ring": marksData(marks.filter(({ ring }) => ring)),
    },
    layers: [
      chosen,
      ...layers,
      {
        id: "flow-ring",
        type: "circle",
        source: "flow-ring",
        paint: {
          "circle-radius": 16,
          "circle-color": token.accent,
          "circle-opacity": 0.18,
          "circle-stroke-color": token.accent,
          "circle-stroke-width": 2,
        },
      },
      ...markLayers({ id: "flow-marks", source: "flow-marks", scheme, font }),
    ],
  };
}

const isChosen = ({ orders }: Flow, selectedId: string | null) => orders.some(({ id }) => id === selectedId);

/** The order a flow speaks of: the chosen one when it is among them, else the first. */
const spokenOf = ({ orders }: Flow, selectedId: string | null) =>
  orders.find(({ id }) => id === selectedId) ?? orders[0]!;

function vehicleOf(flow: Flow, vehicles: ReadonlyMap<string, Place>, selectedId: string | null): Place | null {
  const ids = spokenOf(flow, selectedId).vehicleIds;
  return ids.map((id) => vehicles.get(id)).find((place) => place !== undefined) ?? null;
}

/** The way driven and the way ahead when the vehicle's place is known, else one bow. */
function linesOf(flow: Flow, vehicles: ReadonlyMap<string, Place>, selectedId: string | null): GeoJSON.Feature[] {
  const { from, to, level } = flow;
  const { id } = spokenOf(flow, selectedId);
  const at = vehicleOf(flow, vehicles, selectedId);
  const line = (coordinates: [number, number][], ahead: boolean): GeoJSON.Feature => ({
    type: "Feature",
    properties: { id, level, ahead, chosen: isChosen(flow, selectedId) },
    geometry: { type: "LineString", coordinates },
  });
  return at ? [line(bow(from, at, 0.04), false), line(bow(at, to, 0.04), true)] : [line(bow(from, to), false)];
}

type FlowMark = MapMark & { ring: boolean };

/** Ends of every flow at risk and of the chosen one, and their vehicles with the customer's name. */
function marksOf(flow: Flow, vehicles: ReadonlyMap<string, Place>, selectedId: string | null): FlowMark[] {
  const chosen = isChosen(flow, selectedId);
  if (!chosen && !isLoud(flow.level)) return [];
  const { id, customer, number } = spokenOf(flow, selectedId);
  const at = vehicleOf(flow, vehicles, selectedId);
  const rank = chosen ? 0 : 1 + FLOW_LAYERS.indexOf(`flow-${flow.level}`);
  const title = customer.name ?? number;
  const end = { id, order: 50, ring: false };
  return [
    { ...end, ...placeOnly(flow.from), image: "site" },
    { ...end, ...placeOnly(flow.to), image: "stop", ...(at ? {} : { title, order: rank, ring: chosen }) },
    ...(at ? [{ id, ...placeOnly(at), image: flow.level, title, order: rank, ring: chosen }] : []),
  ];
}

const placeOnly = ({ latitude, longitude }: Place): Place => ({ latitude, longitude });
