import { z } from "zod";

/** Where something came from: one record of the log. `offset` is a string (64 bits), `timestamp` the record's Kafka time. */
export const RecordRef = z.object({
  topic: z.string(),
  partition: z.number().int(),
  offset: z.string(),
  timestamp: z.iso.datetime({ precision: 3 }),
});
export type RecordRef = z.infer<typeof RecordRef>;
