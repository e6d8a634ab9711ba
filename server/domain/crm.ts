import type { FactRecord, ObjectBase } from "./business-object.ts";
import type { Day, Money, RowFact } from "./sales-order.ts";

export type CrmOrderItem = {
  id: string;
  number: string | null;
  product: string | null;
  description: string | null;
  quantity: string | null;
  unitPrice: string | null;
  record: FactRecord;
};

/** Salesforce Order with its OrderItems. */
export type CrmOrder = ObjectBase & {
  number: string | null;
  accountId: string | null;
  /** Draft, Activated, and what else the organisation uses. */
  status: string | null;
  /** PoNumber: equals BSTNK of the SAP order. */
  customerReference: string | null;
  amount: Money | null;
  /** EffectiveDate and EndDate: what was promised to the customer. */
  effectiveDay: Day | null;
  promisedDay: Day | null;
  createdAt: RowFact | null;
  activatedAt: RowFact | null;
  items: CrmOrderItem[];
};

/** Salesforce Account; `customerNumber` equals KUNNR. */
export type CrmAccount = ObjectBase & {
  name: string | null;
  customerNumber: string | null;
  phone: string | null;
  rating: string | null;
};

/** Salesforce Case. */
export type CrmCase = ObjectBase & {
  number: string | null;
  accountId: string | null;
  subject: string | null;
  status: string | null;
  priority: string | null;
  /** An order number found in its subject, as people write it; `null` when none is. */
  orderNumber: string | null;
  createdAt: RowFact | null;
  closedAt: RowFact | null;
};
