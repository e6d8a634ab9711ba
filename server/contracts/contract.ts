import { z } from "zod";

/** One field that the tower reads. `path` is a JSON pointer within the row, such as `/WADAT_IST`. */
export const ContractField = z.object({
  path: z.string(),
  /** What its value looks like, in words: `date YYYYMMDD`. */
  type: z.string(),
  meaning: z.string(),
  required: z.boolean(),
  /** What the tower makes of it; `null` when it only keeps it. */
  usedFor: z.string().nullable(),
});
export type ContractField = z.infer<typeof ContractField>;

/** What a source's records should hold. Fields that are not listed are kept with the row and used for nothing. */
export const Contract = z.object({
  /** `sap.LIKP`, `salesforce.Order`, `canonical.reading.v1`. */
  name: z.string(),
  /** In plain words: `SAP deliveries`. */
  title: z.string(),
  connector: z.string(),
  system: z.string(),
  entity: z.string(),
  /** The topic that is read like this without any mapping. */
  topic: z.string(),
  /** What one row is called: `Delivery`. */
  rowTitle: z.string(),
  description: z.string(),
  /** The fields that tell two rows apart. */
  key: z.array(z.string()),
  fields: z.array(ContractField),
});
export type Contract = z.infer<typeof Contract>;
