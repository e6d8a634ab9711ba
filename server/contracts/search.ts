import { z } from "zod";

export const FOUND_KINDS = [
  "vehicle",
  "order",
  "purchase_order",
  "delivery",
  "shipment",
  "material",
  "customer",
  "site",
] as const;

/** Something that was found by what a person typed. */
export const Found = z.object({
  kind: z.enum(FOUND_KINDS),
  id: z.string(),
  title: z.string(),
  /** Where it is shown: a path of this tower. */
  path: z.string(),
});
export type Found = z.infer<typeof Found>;

export const SearchAnswer = z.object({ items: z.array(Found) });
