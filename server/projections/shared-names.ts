import type { BusinessRef } from "../domain/business-object.ts";
import { unpad } from "./fields.ts";

/**
 * Names that objects of different systems share although neither holds the other's id. Both sides give the same
 * reference among their related ones, so that each finds the other. None of these is the id of an object.
 */

/** The customer's own purchase order number: `VBAK.BSTNK` and Salesforce's `PoNumber`. */
export const purchaseOrderName = (reference: string): BusinessRef => ({
  kind: "crm_order",
  id: `reference:${reference.trim().toUpperCase()}`,
});

/** An order's number as people write it, for cases that name it. */
export const orderNumberName = (number: string): BusinessRef => ({
  kind: "sales_order",
  id: `number:${unpad(number.trim())}`,
});

/** A customer's number: `KUNNR` and Salesforce's `AccountNumber`. */
export const customerNumberName = (number: string): BusinessRef => ({
  kind: "customer",
  id: `number:${unpad(number.trim())}`,
});
