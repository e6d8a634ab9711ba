import { z } from "zod";

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

export const FenceInput = z.strictObject({ name: z.string().trim().min(1).max(100), shape: FenceShape });
export type FenceInput = z.infer<typeof FenceInput>;

/** A fence as the telemetry line uses it. `id` is the site's id, or `fence:<id>`. */
export type LineFence = { id: string; shape: FenceShape };
