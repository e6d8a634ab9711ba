import type { ObjectBase } from "./business-object.ts";

/** A material at one plant: MARC. Quantities are decimal text in the base unit. */
export type MaterialSite = {
  site: string;
  /** EISBE. */
  safetyStock: string | null;
  /** MINBE. */
  reorderPoint: string | null;
  /** MABST: more than this is too much. */
  maximumStock: string | null;
  /** PLIFZ. */
  plannedDeliveryDays: number | null;
};

/** SAP material: MARA, MAKT, MARC. */
export type Material = ObjectBase & {
  /** MATNR in its internal form (with leading zeros), and as people write it. */
  material: string;
  display: string;
  /** MAKTX, English first. */
  text: string | null;
  unit: string | null;
  group: string | null;
  grossWeightKg: number | null;
  sites: MaterialSite[];
};
