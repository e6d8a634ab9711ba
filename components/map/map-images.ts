import type { Map as MapLibre } from "maplibre-gl";
import { LEVEL_TOKEN } from "../ui/level.ts";
import { tokens } from "../ui/theme.ts";
import type { MapScheme } from "./fleet-map-props.ts";
import { landColour } from "./map-style.ts";

type Draw = (context: CanvasRenderingContext2D) => void;
type Points = readonly (readonly [number, number])[];
const PIXEL_RATIO = 2;

const DIAMOND: Points = [
  [10, 1.5],
  [18.5, 10],
  [10, 18.5],
  [1.5, 10],
];
const TRIANGLE: Points = [
  [8, 2],
  [14.4, 13.4],
  [1.6, 13.4],
];
const ARROW: Points = [
  [7, 1.5],
  [12, 12.5],
  [7, 9.8],
  [2, 12.5],
];

/**
 * The few marks that stand on the base map itself: one per level by the name of the level, `site` for a place, and
 * `stop` for an end of a way. Vehicles of the fleet are drawn by their own layer.
 */
export function addMapImages(map: MapLibre, scheme: MapScheme): void {
  const token = tokens[scheme];
  const rim = landColour(scheme);
  const { filled, ring } = brushes(rim);
  addImage(map, "site", 16, filled(square(3, 13), token.dim));
  addImage(map, "stop", 14, ring({ middle: 7, radius: 3.6, width: 1.8, colour: token.accent }));
  addImage(map, "high", 16, filled(TRIANGLE, token.high));
  addImage(map, "critical", 20, (context) => {
    filled(DIAMOND, token.critical)(context);
    context.fillStyle = rim;
    context.fillRect(9.1, 5.4, 1.9, 5.6);
    context.fillRect(9.1, 12.4, 1.9, 1.9);
  });
  addImage(map, "watch", 16, ring({ middle: 8, radius: 4.4, width: 3, colour: token.watch }));
  addImage(map, "normal", 14, filled(ARROW, token[LEVEL_TOKEN.normal]));
  addImage(map, "calm", 12, ring({ middle: 6, radius: 1.6, width: 3.2, colour: token[LEVEL_TOKEN.calm] }));
  addImage(map, "still", 14, (context) => {
    filled(square(3, 11), token[LEVEL_TOKEN.still])(context);
    context.fillStyle = rim;
    context.fillRect(5, 5, 4, 4);
  });
  addImage(map, "unknown", 16, ring({ middle: 8, radius: 4.4, width: 1.8, colour: token.unknown, dash: [2.6, 2] }));
  addImage(map, "good", 14, ring({ middle: 7, radius: 3.4, width: 2.6, colour: token.good }));
}

type Ring = { middle: number; radius: number; width: number; colour: string; dash?: number[] };

/** What draws shapes with a rim that keeps them apart from what lies below. */
function brushes(rim: string) {
  const filled = (points: Points, colour: string): Draw => {
    return (context) => {
      context.lineJoin = "round";
      context.beginPath();
      for (const [x, y] of points) context.lineTo(x, y);
      context.closePath();
      context.strokeStyle = rim;
      context.lineWidth = 3;
      context.stroke();
      context.fillStyle = colour;
      context.fill();
    };
  };
  const ring = ({ middle, radius, width, colour, dash = [] }: Ring): Draw => {
    return (context) => {
      const circle = new Path2D();
      circle.arc(middle, middle, radius, 0, 2 * Math.PI);
      context.fillStyle = rim;
      context.fill(circle);
      context.strokeStyle = rim;
      context.lineWidth = width + 2;
      context.stroke(circle);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.stroke(circle);
    };
  };
  return { filled, ring };
}

const square = (from: number, to: number): Points => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
];

function addImage(map: MapLibre, name: string, size: number, draw: Draw): void {
  const canvas = document.createElement("canvas");
  canvas.width = size * PIXEL_RATIO;
  canvas.height = size * PIXEL_RATIO;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  draw(context);
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: PIXEL_RATIO });
}
