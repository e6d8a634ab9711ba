import { z } from "zod";

const Lane = z.object({
  state: z.enum(["running", "paused", "stopped"]),
  lagRecords: z.number(),
  behindMs: z.number(),
  records: z.object({
    delivered: z.number(),
    applied: z.number(),
    late: z.number(),
    repeated: z.number(),
    ignored: z.number(),
    rejected: z.number(),
  }),
  /** While stored rows are read again, because a newer program makes something else of them. */
  rowsReadAgain: z.number().optional(),
});

export const Health = z.object({
  status: z.enum(["ok", "degraded", "down"]),
  version: z.string(),
  lanes: z.record(z.string(), Lane),
  database: z.object({ status: z.enum(["ok", "down"]) }),
  broker: z.object({ status: z.enum(["ok", "down"]), kind: z.enum(["embedded", "external"]), address: z.string() }),
});
export type Health = z.infer<typeof Health>;
