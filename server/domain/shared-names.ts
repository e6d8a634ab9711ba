import type { BusinessRef } from "./business-object.ts";

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

/** What a name of this customer's purchase order is compared by. */
export const sameReference = (one: string, other: string): boolean =>
  one.trim().toUpperCase() === other.trim().toUpperCase();

/** Without leading zeros, if it is all digits: a number is written with them or without. */
export const unpad = (number: string): string => (/^\d+$/.test(number) ? number.replace(/^0+(?=\d)/, "") : number);
