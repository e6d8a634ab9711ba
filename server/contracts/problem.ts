import { z } from "zod";

/** RFC 9457, with the fixed `code` and the failing fields. Media type `application/problem+json`. */
export const Problem = z.object({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type Problem = z.infer<typeof Problem>;
