import { crmAccount } from "./crm-account.ts";
import { crmCase } from "./crm-case.ts";
import { crmOrder } from "./crm-order.ts";
import { customer } from "./customer.ts";
import { delivery } from "./delivery.ts";
import { material } from "./material.ts";
import type { Projection } from "./projection.ts";
import { purchaseOrder } from "./purchase-order.ts";
import { salesOrder } from "./sales-order.ts";
import { shipment } from "./shipment.ts";

/** Every kind of business object, one file each: a new one is a file, a test and a line here. */
export const PROJECTIONS: readonly Projection[] = [
  customer,
  material,
  purchaseOrder,
  salesOrder,
  delivery,
  shipment,
  crmOrder,
  crmAccount,
  crmCase,
];

/**
 * To be raised with every change of what rows are made into: links, folds, terms, movements. What is stored already is
 * then read again in the background; without it, a row is read again only when it changes.
 */
export const PROJECTIONS_VERSION = 1;
