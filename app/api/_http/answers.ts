import { z } from "zod";

/** The one shape of every list, see `presentPage`. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    asOf: z.iso.datetime({ precision: 3 }),
  });
}
