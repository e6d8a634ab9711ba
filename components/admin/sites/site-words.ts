import type { Messages } from "@/components/messages/en.ts";
import { type Formats, phrase } from "@/components/ui/formats.ts";
import type { Fence, FenceShape } from "@/server/contracts/fence.ts";
import type { Site } from "@/server/contracts/site.ts";
import { circleAround } from "./site-overlay.ts";

type Words = { formats: Formats; text: Messages };

/** `Circle of 2,625 ft` · `Polygon, 6 points`. */
export function shapeWords(shape: FenceShape, { formats, text: { sites } }: Words): string {
  if (shape.kind === "polygon") return sites.polygon(formats.number(shape.points.length));
  return sites.circle(phrase(radiusQuantity(shape.radiusM, formats)));
}

const NEAR_M = 3_000;

const radiusQuantity = (radiusM: number, formats: Formats) =>
  radiusM < NEAR_M ? formats.shortDistance(radiusM) : formats.distance(radiusM);

export function placeText({ latitude, longitude }: Pick<Site, "latitude" | "longitude">, { formats, text }: Words) {
  if (latitude === null || longitude === null) return null;
  return text.place.coordinates(formats.number(latitude, 4), formats.number(longitude, 4));
}

export function fenceText(site: Site, fence: Fence | undefined, words: Words): string {
  const shape = fence?.shape ?? circleAround(site);
  return shape ? shapeWords(shape, words) : words.text.sites.noFence;
}

export const editedText = ({ edited }: Site, { sites }: Messages): string =>
  edited.length === 0 ? sites.notEdited : edited.map((fact) => sites.facts[fact]).join(", ");

export const kindText = (kind: string, { sites }: Messages): string => sites.kinds[kind] ?? kind;
