import { z } from "zod";
import type { Messages } from "@/components/messages/en.ts";
import { FenceInput, type FenceShape } from "@/server/contracts/fence.ts";
import type { Corner } from "@/server/contracts/fence-polygon.ts";
import { decimalText, parseDecimal } from "./decimal.ts";
import { circleOf, polygonOf } from "./shapes.ts";

type CornerFields = { latitude: string; longitude: string };

/** The form of a fence: both shapes, so that going back and forth loses nothing. */
export type FenceFields = {
  name: string;
  kind: FenceShape["kind"];
  latitude: string;
  longitude: string;
  radiusM: string;
  points: CornerFields[];
};

export function fieldsOfFence(name: string, shape: FenceShape): FenceFields {
  const { latitude, longitude, radiusM } = circleOf(shape);
  return {
    name,
    kind: shape.kind,
    latitude: decimalText(latitude),
    longitude: decimalText(longitude),
    radiusM: decimalText(radiusM),
    points: cornerFields(polygonOf(shape)),
  };
}

export const cornerFields = (corners: readonly Corner[]): CornerFields[] =>
  corners.map(({ latitude, longitude }) => ({ latitude: decimalText(latitude), longitude: decimalText(longitude) }));

/** The corners that are numbers by now; the others are being typed. */
export function cornersTyped(points: readonly CornerFields[]): Corner[] {
  return points.flatMap(({ latitude, longitude }) => {
    const corner = { latitude: parseDecimal(latitude), longitude: parseDecimal(longitude) };
    return corner.latitude === null || corner.longitude === null ? [] : [corner as Corner];
  });
}

/** The shape as it stands in the form, or `null` while it is none. */
export function shapeOf({ kind, latitude, longitude, radiusM, points }: FenceFields): FenceShape | null {
  if (kind === "polygon") {
    const corners = cornersTyped(points);
    return corners.length >= 3 && corners.length === points.length ? { kind, points: corners } : null;
  }
  const circle = {
    latitude: parseDecimal(latitude),
    longitude: parseDecimal(longitude),
    radiusM: parseDecimal(radiusM),
  };
  if (circle.latitude === null || circle.longitude === null || circle.radiusM === null) return null;
  return { kind, latitude: circle.latitude, longitude: circle.longitude, radiusM: circle.radiusM };
}

/** Checked by the very contract of the API; what it finds is shown at the field it is about. */
export function fenceFieldsSchema({ sites: { detail } }: Messages) {
  const fields = z.object({
    name: z.string().trim().min(1, detail.nameMissing).max(100),
    kind: z.enum(["circle", "polygon"]),
    latitude: z.string(),
    longitude: z.string(),
    radiusM: z.string(),
    points: z.array(z.object({ latitude: z.string(), longitude: z.string() })),
  });
  return fields.superRefine((values, check) => {
    for (const path of unreadable(values)) check.addIssue({ code: "custom", path, message: detail.number });
    const shape = shapeOf(values);
    if (!shape) return;
    const parsed = FenceInput.shape.shape.safeParse(shape);
    for (const issue of parsed.error?.issues ?? [])
      check.addIssue({ code: "custom", path: fieldPath(issue.path), message: issue.message });
  });
}

/** A fault of a corner is shown at its latitude, one of the whole ring beside the list. */
function fieldPath(path: readonly PropertyKey[]): PropertyKey[] {
  if (path[0] !== "points" || path.length === 3) return [...path];
  return path.length === 2 ? [...path, "latitude"] : ["kind"];
}

function unreadable({ kind, latitude, longitude, radiusM, points }: FenceFields): PropertyKey[][] {
  const wrong = (text: string) => parseDecimal(text) === null;
  if (kind === "circle")
    return Object.entries({ latitude, longitude, radiusM }).flatMap(([name, text]) => (wrong(text) ? [[name]] : []));
  return points.flatMap((point, index) =>
    (["latitude", "longitude"] as const).flatMap((name) => (wrong(point[name]) ? [["points", index, name]] : [])),
  );
}
