import { z } from "zod";

const NUMBER = /^-?\d{1,3}(\.\d{1,15})?$/;

/** `west,south,east,north` in degrees. A west that lies east of the east crosses the antimeridian. */
export const Bounds = z
  .string()
  .transform((list) => list.split(","))
  .refine((parts) => parts.length === 4 && parts.every((part) => NUMBER.test(part)), {
    message: "expected west,south,east,north in degrees",
    abort: true,
  })
  .transform((parts) => parts.map(Number) as [number, number, number, number])
  .refine(([west, south, east, north]) => Math.max(-west, west, -east, east) <= 180 && south >= -90 && north <= 90, {
    message: "expected longitudes from -180 to 180 and latitudes from -90 to 90",
    abort: true,
  })
  .refine(([, south, , north]) => south <= north, { message: "expected the south not to be north of the north" })
  .transform(([west, south, east, north]) => ({ west, south, east, north }))
  .meta({ wire: { type: "string", description: "west,south,east,north in degrees" } });
