import { z } from "zod";
import { faultsOfPolygon } from "./fence-polygon.ts";
import { plainText } from "./plain-text.ts";

const Latitude = z.number().min(-90).max(90);
const Longitude = z.number().min(-180).max(180);

/** A closed ring is given without its repeated first point. */
export const FenceShape = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("circle"),
    latitude: Latitude,
    longitude: Longitude,
    radiusM: z.number().min(10).max(100_000),
  }),
  z.strictObject({
    kind: z.literal("polygon"),
    points: z
      .array(z.strictObject({ latitude: Latitude, longitude: Longitude }))
      .min(3)
      .max(200),
  }),
]);
export type FenceShape = z.infer<typeof FenceShape>;

/** A fence an admin drew; each site has one of its own by its place and radius, or by the shape given for it. */
export const Fence = z.object({
  id: z.string(),
  name: z.string(),
  /** The site it replaces the circle of; `null` for a fence of its own. */
  siteId: z.string().nullable(),
  shape: FenceShape,
  version: z.number().int(),
});
export type Fence = z.infer<typeof Fence>;

/** A shape that can be told inside from outside: its ring does not cross itself and encloses some ground. */
const DrawnShape = FenceShape.superRefine((shape, check) => {
  if (shape.kind !== "polygon") return;
  for (const { path, message } of faultsOfPolygon(shape.points)) check.addIssue({ code: "custom", path, message });
});

export const FenceInput = z.strictObject({
  name: plainText(100),
  shape: DrawnShape,
  /** The site whose circle it replaces; left out, it is a fence of its own. */
  siteId: plainText(200).nullable().optional(),
});
export type FenceInput = z.infer<typeof FenceInput>;

/** `version` as last seen. The site a fence belongs to stays. */
export const FenceChange = z.strictObject({ version: z.number().int(), name: plainText(100), shape: DrawnShape });
export type FenceChange = z.infer<typeof FenceChange>;

/** A fence as the telemetry line uses it. `id` is the site's id, or `fence:<id>`. */
export type LineFence = { id: string; shape: FenceShape };
