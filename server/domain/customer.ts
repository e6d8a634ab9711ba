import type { ObjectBase } from "./business-object.ts";

/** SAP customer: KNA1. */
export type Customer = ObjectBase & {
  /** KUNNR without leading zeros; Salesforce's AccountNumber names the same. */
  number: string;
  name: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  phone: string | null;
  /** AUFSD, LIFSD. */
  orderBlock: string | null;
  deliveryBlock: string | null;
};
