import { z } from "zod";

const count = z.number().int();

/** The whole fleet at a moment as the map draws it. Frames are those of the socket (`frames.ts`), as base64. */
export const FleetPicture = z.object({
  asOf: z.iso.datetime({ precision: 3 }),
  /** Of the dictionary `ids`: the frames name vehicles by their place in it. */
  epoch: z.number(),
  ids: z.array(z.string()),
  counts: z.object({
    vehicles: count,
    moving: count,
    idling: count,
    stopped: count,
    offline: count,
    onTime: count,
    atRisk: count,
    late: count,
    critical: count,
  }),
  /** Every vehicle with a position. */
  vehicles: z.string(),
  /** The same, counted by hexagon. */
  cells: z.string(),
});
export type FleetPicture = z.infer<typeof FleetPicture>;
