import type { Map as MapLibre } from "maplibre-gl";
import { tokens } from "../ui/theme.ts";
import type { MapScheme } from "./fleet-map-props.ts";
import { landColour } from "./map-style.ts";

type Draw = (context: CanvasRenderingContext2D) => void;
const PIXEL_RATIO = 2;

/** The few marks that stand on the base map itself. Vehicles are drawn by their own layer. */
export function addMapImages(map: MapLibre, scheme: MapScheme): void {
  const token = tokens[scheme];
  const rim = landColour(scheme);
  const filled = (points: readonly (readonly [number, number])[], colour: string): Draw => {
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
  const square = (from: number, to: number) =>
    [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
    ] as const;
  const diamond = [
    [10, 1.5],
    [18.5, 10],
    [10, 18.5],
    [1.5, 10],
  ] as const;
  const triangle = [
    [8, 2],
    [14.4, 13.4],
    [1.6, 13.4],
  ] as const;
  addImage(map, "site", 16, filled(square(3, 13), token.dim));
  addImage(map, "high", 16, filled(triangle, token.high));
  addImage(map, "critical", 20, (context) => {
    filled(diamond, token.critical)(context);
    context.fillStyle = rim;
    context.fillRect(9.1, 5.4, 1.9, 5.6);
    context.fillRect(9.1, 12.4, 1.9, 1.9);
  });
}

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
