import { z } from "zod";
import { plainText } from "./plain-text.ts";

/** The pages whose filters can be kept under a name. */
export const VIEW_PAGES = ["fleet", "orders", "inventory"] as const;

/** Filters of a page under a name: `query` is what stands in its address. */
export const SavedView = z.object({
  id: z.string(),
  page: z.enum(VIEW_PAGES),
  name: z.string(),
  query: z.string(),
  isShared: z.boolean(),
  /** Whether it is the caller's own: only then may it be changed. */
  isOwn: z.boolean(),
  owner: z.string().nullable(),
  version: z.number().int(),
});
export type SavedView = z.infer<typeof SavedView>;

export const SavedViewInput = z.strictObject({
  page: z.enum(VIEW_PAGES),
  name: plainText(60),
  // Written by URLSearchParams: nothing of it can lead elsewhere.
  query: z
    .string()
    .max(2_000, "expected at most 2000 characters")
    .regex(/^[\w.~*+%&=:,@!'()/-]*$/, "expected a query"),
  isShared: z.boolean(),
});
export type SavedViewInput = z.infer<typeof SavedViewInput>;
